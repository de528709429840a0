import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseContract, renderContract } from "./support/contract";

const docs = join(__dirname, "../docs");

async function main(): Promise<void> {
    const contract = parseContract(readFileSync(join(docs, "hysds-contract.yaml"), "utf8"));
    writeFileSync(join(docs, "hysds-contract.md"), await renderContract(contract));
}

void main();
