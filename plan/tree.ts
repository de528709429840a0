import { AsciiTree } from "oo-ascii-tree";
import { CapturedResource } from "./evaluation";

/** How many resources a stack has of one type. */
export interface TypeCount {
    readonly type: string;
    readonly count: number;
}

/** How many resources a component is made of, itself included. */
export interface ComponentCount {
    readonly component: string;
    readonly type: string;
    readonly count: number;
}

/** The resource tree as text, one line a resource; components carry the number of resources below them. */
export function resourceTree(resources: readonly CapturedResource[]): string {
    const children = childrenByParent(resources);
    const [stack] = resources;
    return stack ? subtree(stack, children).toString() : "";
}

/** Most frequent first. */
export function countByType(resources: readonly CapturedResource[]): TypeCount[] {
    const counts = new Map<string, number>();
    resources.forEach(({ type }) => counts.set(type, (counts.get(type) ?? 0) + 1));
    return [...counts]
        .map(([type, count]) => ({ type, count }))
        .sort((a, b) => b.count - a.count || a.type.localeCompare(b.type));
}

/** Components directly below the stack, then all that is in none of them; the counts add up to all resources. */
export function countByComponent(resources: readonly CapturedResource[]): ComponentCount[] {
    const children = childrenByParent(resources);
    const [stack] = resources;
    const top = (stack && children.get(stack.urn)) ?? [];
    const components = top.filter(({ custom }) => !custom);
    const alone = top.length - components.length + (stack ? 1 : 0);
    return [
        ...components.map((component) => ({
            component: component.name,
            type: component.type,
            count: size(component, children),
        })),
        { component: "(the stack itself)", type: "", count: alone },
    ];
}

type Children = ReadonlyMap<string, readonly CapturedResource[]>;

function childrenByParent(resources: readonly CapturedResource[]): Children {
    const children = new Map<string, CapturedResource[]>();
    for (const resource of resources) {
        const siblings = children.get(resource.parent ?? "") ?? [];
        children.set(resource.parent ?? "", [...siblings, resource]);
    }
    return children;
}

function subtree(resource: CapturedResource, children: Children): AsciiTree {
    const below = children.get(resource.urn) ?? [];
    const count = below.length > 0 ? ` (${size(resource, children) - 1})` : "";
    const label = `${resource.type} ${resource.name}${count}`;
    return new AsciiTree(label, ...below.map((child) => subtree(child, children)));
}

function size(resource: CapturedResource, children: Children): number {
    const below = children.get(resource.urn) ?? [];
    return 1 + below.reduce((sum, child) => sum + size(child, children), 0);
}
