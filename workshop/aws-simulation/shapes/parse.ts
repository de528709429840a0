import { createRequire } from "node:module";
import type * as typescript from "typescript";
import { Interfaces, ObjectShape, PropertyShape, Shape } from "./shape";

const require_ = createRequire(__filename);
// Loaded when the first file is parsed: loading it takes longer than everything else here together.
let ts: typeof typescript;

// `inputs` and `outputs` are how generated packages import their own nested types; `pulumiAws.types.input` is how
// @pulumi/eks and @pulumi/awsx reach those of @pulumi/aws.
const NESTED = /^(?:inputs|outputs)\.(.+)$/;
const NESTED_AWS = /^pulumiAws\.types\.(?:input|output)\.(.+)$/;
const WRAPPERS = new Set(["pulumi.Input", "pulumi.Output", "Promise", "Readonly"]);

/**
 * Reads the interfaces of one declaration file.
 *
 * @param text content of the `.d.ts` file.
 * @param packageName package the file belongs to (`aws`), which its nested references point into.
 */
export function parseInterfaces(text: string, packageName: string): Interfaces {
    ts ??= require_("typescript") as typeof typescript;
    const source = ts.createSourceFile("types.d.ts", text, ts.ScriptTarget.Latest, false);
    const found: Record<string, ObjectShape> = {};
    const visit = (node: typescript.Node, namespace: string): void => {
        if (ts.isInterfaceDeclaration(node)) {
            found[namespace + node.name.text] = members(node.members, packageName);
        } else if (ts.isModuleDeclaration(node) && node.body && ts.isModuleBlock(node.body)) {
            for (const statement of node.body.statements) {
                visit(statement, `${namespace}${node.name.text}.`);
            }
        }
    };
    for (const statement of source.statements) {
        visit(statement, "");
    }
    return found;
}

function members(
    nodes: typescript.NodeArray<typescript.TypeElement>,
    packageName: string,
): ObjectShape {
    const shape: Record<string, PropertyShape> = {};
    for (const node of nodes) {
        if (ts.isPropertySignature(node) && node.type && isNamed(node.name)) {
            shape[node.name.text] = {
                shape: shapeOf(node.type, packageName),
                required: node.questionToken === undefined,
            };
        }
    }
    return shape;
}

function isNamed(
    name: typescript.PropertyName,
): name is typescript.Identifier | typescript.StringLiteral {
    return ts.isIdentifier(name) || ts.isStringLiteral(name);
}

function shapeOf(node: typescript.TypeNode, packageName: string): Shape {
    switch (node.kind) {
        case ts.SyntaxKind.StringKeyword:
        case ts.SyntaxKind.LiteralType:
            return "string";
        case ts.SyntaxKind.NumberKeyword:
            return "number";
        case ts.SyntaxKind.BooleanKeyword:
            return "boolean";
    }
    if (ts.isArrayTypeNode(node)) {
        return { array: shapeOf(node.elementType, packageName) };
    }
    if (ts.isParenthesizedTypeNode(node)) {
        return shapeOf(node.type, packageName);
    }
    if (ts.isUnionTypeNode(node)) {
        return union(node, packageName);
    }
    if (ts.isTypeLiteralNode(node)) {
        const index = node.members.find(ts.isIndexSignatureDeclaration);
        return index
            ? { map: shapeOf(index.type, packageName) }
            : { object: members(node.members, packageName) };
    }
    return ts.isTypeReferenceNode(node) ? reference(node, packageName) : "any";
}

function union(node: typescript.UnionTypeNode, packageName: string): Shape {
    const alternatives = node.types
        .filter((type) => type.kind !== ts.SyntaxKind.UndefinedKeyword)
        .map((type) => shapeOf(type, packageName));
    const [only, ...others] = alternatives;
    return only !== undefined && others.length === 0 ? only : { union: alternatives };
}

function reference(node: typescript.TypeReferenceNode, packageName: string): Shape {
    const name = entityName(node.typeName);
    const argument = node.typeArguments?.[0];
    if (argument && WRAPPERS.has(name)) {
        return shapeOf(argument, packageName);
    }
    if (argument && name === "Array") {
        return { array: shapeOf(argument, packageName) };
    }
    const nested = NESTED.exec(name)?.[1];
    if (nested) {
        return { ref: nested, package: packageName };
    }
    const nestedAws = NESTED_AWS.exec(name)?.[1];
    if (nestedAws) {
        return { ref: nestedAws, package: "aws" };
    }
    if (name.startsWith("enums.") || name === "ARN" || name.endsWith(".ARN")) {
        return "string";
    }
    if (name.startsWith("pulumi.")) {
        return "any";
    }
    return "resource";
}

function entityName(name: typescript.EntityName): string {
    return ts.isIdentifier(name) ? name.text : `${entityName(name.left)}.${name.right.text}`;
}
