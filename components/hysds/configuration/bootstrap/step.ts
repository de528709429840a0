export interface Index {
    readonly kind: "index";
    readonly name: string;
    readonly body: object;
}

/** One thing that `bootstrap.py` makes so. */
export type Step =
    | Index
    | {
          readonly kind: "template";
          readonly name: string;
          readonly body: object;
          /** The ILM policy of its indices; under ISM the policy names the indices instead. */
          readonly lifecycle?: string;
      }
    | {
          readonly kind: "legacy-template" | "pipeline";
          readonly name: string;
          readonly body: object;
      };
