import { bootstrapSteps } from "../../components/hysds/configuration/bootstrap";
import { Step } from "../../components/hysds/configuration/bootstrap/step";
import { IMAGES } from "../../components/kubernetes/images";
import { specOf } from "../../components/settings/schema";

/** What `hysds-ops` has to know of the stack's own descriptions, for a tool that is published without them. */
export function contractFacts(): string {
    const steps = Object.entries(bootstrapSteps());
    return JSON.stringify({
        images: IMAGES.own,
        imageRegistry: specOf("imageRegistry").default,
        namespace: specOf("namespace").default,
        searchDefinitions: Object.fromEntries(
            steps.map(([component, made]) => [component, made.map(nameOf)]),
        ),
    });
}

function nameOf({ kind, name }: Step): Pick<Step, "kind" | "name"> {
    return { kind, name };
}
