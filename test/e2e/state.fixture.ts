import { describe, expect, it } from "vitest";
import { version } from "../../package.json";
import { stateFixture } from "../support/state-export";
import { isStateful, StateResource, writeStateFixture } from "../support/state-fixture";
import { openAwsStack } from "./support/aws-stack";

// Not a test of the program: makes the fixture from which the next release's upgrade test sets out.
describe.sequential.each(["dev", "prod"])("stack %s", (name) => {
    it("leaves a state to upgrade from", async () => {
        const opened = await openAwsStack(name);
        const { stack } = opened;
        try {
            await stack.up();
            const { stdout } = await stack.cli("stack", "export", "--show-secrets");
            const state = JSON.parse(stdout) as { deployment: { resources: StateResource[] } };
            const fixture = stateFixture(version, name, state.deployment.resources);
            expect(fixture.resources.filter(isStateful).length).toBeGreaterThan(5);
            console.log(await writeStateFixture(fixture));
            await stack.configure({ "hysds:protect": "false" });
            await stack.up();
            await stack.destroy();
        } finally {
            await opened.close();
        }
    });
});
