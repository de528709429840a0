// Lets through the searches that HySDS's web interface makes, and no others. The path of a search names its index, but
// its body can name others, and can have code run. Runs in nginx: https://nginx.org/en/docs/njs/reference.html

const OTHER_INDEX_OR_CODE =
    /^(_?index|indices|indices_boost|pit|runtime_mappings|scripts?|script_.*|scripted_.*|.*_script)$/;

function staysInside(value) {
    return (
        value === null ||
        typeof value !== "object" ||
        Object.keys(value).every((key) => !OTHER_INDEX_OR_CODE.test(key) && staysInside(value[key]))
    );
}

function search(text, keys) {
    const body = JSON.parse(text);
    const isObject = body !== null && typeof body === "object" && !Array.isArray(body);
    return (
        isObject &&
        (keys === undefined || Object.keys(body).every((key) => keys.indexOf(key) >= 0)) &&
        staysInside(body)
    );
}

/** Lines in pairs: how to search, and what for. */
function searches(text) {
    const lines = text.replace(/\n$/, "").split("\n");
    return (
        lines.length % 2 === 0 &&
        lines.every((line, index) => search(line, index % 2 === 0 ? ["preference"] : undefined))
    );
}

function isAllowed(r, check) {
    try {
        return r.method === "POST" && check(r.requestText);
    } catch (error) {
        return false;
    }
}

function guard(r, check) {
    if (isAllowed(r, check)) {
        r.internalRedirect(`/allowed${r.uri}`);
        return;
    }
    r.headersOut["Content-Type"] = "application/json";
    r.return(403, '{"error":"Not a search of the HySDS user interface","status":403}\n');
}

function msearch(r) {
    guard(r, searches);
}

function count(r) {
    guard(r, (text) => search(text, ["query"]));
}

export default { msearch, count };
