import * as path from "node:path";
import { Source, sourceOf } from "../search/documents";
import { CheckFinding, problem, warning } from "./finding";
import { Material, Part } from "./material";

/**
 * The action of a job type: HySDS looks for it by the job type's own name, whoever submits.
 * hysds_commons/job_utils.py, get_hysds_io_params.
 */
export function actionOf(spec: Part, { actions }: Pick<Material, "actions">): Part | undefined {
    const id = spec.id.replace("job", "hysds-io");
    return actions.find((action) => action.id === id && areBeside(action, spec));
}

/** The job type of an action: hysds_commons/job_utils.py, resolve_mozart_job. */
export function specOf(action: Part, { jobSpecs }: Pick<Material, "jobSpecs">): Part | undefined {
    const { "job-specification": named } = action.source;
    const id = typeof named === "string" ? named : action.id.replace("hysds-io", "job");
    return jobSpecs.find((spec) => spec.id === id && areBeside(spec, action));
}

/** Two repositories may have one name each. */
function areBeside(one: Part, other: Part): boolean {
    return path.dirname(one.where) === path.dirname(other.where);
}

/** Entries of `params` of a job specification or of an action. */
export function paramsOf({ params }: Source): readonly Source[] {
    return Array.isArray(params) ? params.map(sourceOf) : [];
}

/** What a job type lacks of its action: hysds_commons/job_utils.py, resolve_hysds_job. */
export function pairFindings(spec: Part, known: Material): readonly CheckFinding[] {
    const action = actionOf(spec, known);
    if (action === undefined) {
        const file = path.basename(spec.where).replace("job-spec", "hysds-io");
        return [
            problem(
                "",
                "it has no action (hysds-io), without which HySDS takes no job of it, by its API neither",
                `${file} with its params, or the action registered as ${spec.id.replace("job", "hysds-io")}`,
            ),
        ];
    }
    const given = paramsOf(action.source).map(({ name }) => name);
    return paramsOf(spec.source)
        .filter(({ name }) => typeof name === "string" && !given.includes(name))
        .map(({ name }) =>
            problem(
                "params",
                `${action.id} does not give ${String(name)}: what people and rules submit by it fails`,
                `a parameter ${String(name)} in params of ${action.id}`,
            ),
        );
}

/** What is wrong with an action. */
export function actionFindings(action: Part, known: Material): readonly CheckFinding[] {
    const spec = specOf(action, known);
    const taken = spec && paramsOf(spec.source).map(({ name }) => name);
    return [
        ...(spec === undefined
            ? [
                  problem(
                      "job-specification",
                      "its job type is not here: what is submitted by it fails",
                      `its job-spec beside it, or no action`,
                  ),
              ]
            : []),
        ...paramsOf(action.source).flatMap((param, index) => [
            ...conversionFindings(param, `params[${index}]`),
            ...(taken === undefined || taken.includes(param.name)
                ? []
                : [
                      warning(
                          `params[${index}]`,
                          `${spec?.id} has no parameter ${String(param.name)}: the job never gets it`,
                          `remove params[${index}], or add it to ${spec?.id}`,
                      ),
                  ]),
        ]),
    ];
}

/** HySDS reads these as texts: hysds_commons/job_utils.py, run_type_conversion. */
const CONVERTED: Readonly<Record<string, string>> = {
    boolean: '"true"',
    region: "the text of a JSON object",
};

function conversionFindings(param: Source, at: string): readonly CheckFinding[] {
    const { type, optional, lambda } = param;
    const fields = ["value", "default"].filter(
        (field) => param[field] !== undefined && param[field] !== null,
    );
    return [
        ...fields.flatMap((field): readonly CheckFinding[] => {
            const { [field]: value } = param;
            const example = CONVERTED[String(type)] ?? (optional === true ? '"30"' : undefined);
            if (typeof value !== "string" && example !== undefined) {
                const message = "HySDS takes it for a text, and fails what is submitted";
                return [problem(`${at}.${field}`, message, `${at}.${field}: ${example}`)];
            }
            return type === "number" && Number.isNaN(Number(value))
                ? [
                      problem(
                          `${at}.${field}`,
                          `${JSON.stringify(value)} is no number, and HySDS fails what is submitted`,
                          `${at}.${field}: "30"`,
                      ),
                  ]
                : [];
        }),
        ...(typeof lambda === "string" && !/^lambda[: ]/.test(lambda)
            ? [
                  problem(
                      `${at}.lambda`,
                      "HySDS takes nothing but a lambda expression of Python",
                      `${at}.lambda: "lambda value: ${lambda.replace(/^\s*\w+\s*:\s*/, "")}"`,
                  ),
              ]
            : []),
    ];
}
