import { FakeAnswer } from "./fake-server";

const SERVICES = { "/services": { body: { success: true, content: "…" } } };

/**
 * What the real applications answer when nobody is logged in and nothing is looked up; anything else is 404.
 * https://github.com/hysds/mozart/blob/develop/mozart/services/main.py
 * https://github.com/hysds/grq2/blob/develop/grq2/services/main.py
 * https://github.com/hysds/pele/blob/develop/pele/controllers/main.py
 */
const ANSWERS: Readonly<Record<"mozart" | "grq2" | "pele", Readonly<Record<string, FakeAnswer>>>> =
    {
        mozart: SERVICES,
        grq2: SERVICES,
        pele: {
            "/": { status: 302, headers: { location: "/api/v0.1/" } },
            "/api/v0.1/swagger.json": { body: { swagger: "2.0" } },
        },
    };

/** The answer of one of the REST APIs to `GET path`. */
export function restApiAnswer(api: keyof typeof ANSWERS, path: string): FakeAnswer {
    return ANSWERS[api][path] ?? { status: 404 };
}
