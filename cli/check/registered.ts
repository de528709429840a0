import { ACTIONS, CONTAINERS, JOB_SPECS } from "../packages/package";
import { readRules } from "../rules/rules";
import { Documents } from "../search/documents";
import { Material, NOTHING, Part, ruleParts } from "./material";

/** What is registered in an installation. */
export async function registeredMaterial(documents: Documents): Promise<Material> {
    const all = async (index: string): Promise<readonly Part[]> =>
        (await documents.all(index)).map(({ id, source }) => ({ id, where: index, source }));
    const [jobSpecs, containers, ...actions] = await Promise.all([
        all(JOB_SPECS),
        all(CONTAINERS),
        ...ACTIONS.map(all),
    ]);
    const rules = ruleParts(await readRules(documents), "user_rules");
    return { ...NOTHING, jobSpecs, containers, actions: actions.flat(), rules };
}
