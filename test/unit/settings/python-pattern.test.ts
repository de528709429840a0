import { describe, expect, it } from "vitest";
import { groupNames, isPythonPattern } from "../../../components/settings/python-pattern";

describe("a regular expression of Python", () => {
    it.each([
        "/(?P<id>AOI_.+)$",
        "(?P<prod>ALPSR\\w\\d{9}-L1\\.0)_(?P<year>\\d{4})-(?P<month>\\d{2})\\.context\\.json$",
        "(?P<quote>['\"]).*?(?P=quote)",
        "(?i)/(?P<id>s1-.+)$",
        "\\A/(?P<id>[^/]+)\\Z",
        "(?<=/)(?P<id>S1[AB]_.+)",
    ])("may be %s", (text) => expect(isPythonPattern(text)).toBe(true));

    it.each([
        "/(?<id>AOI_.+)$",
        "/(?P<id>AOI_.+$",
        "/(?P<id>AOI_)+)$",
        "(?P<a>x)(?P<a>y)",
        "*.zip",
    ])("is not %s", (text) => expect(isPythonPattern(text)).toBe(false));

    it("has the groups that it names", () => {
        expect(groupNames("/(?P<id>(?P<mission>S1)-(?:x)(.)+)$")).toEqual(["id", "mission"]);
    });
});
