interface Issue {
  readonly message: string
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
}

interface Checked {
  readonly issues?: readonly Issue[] | undefined
}

/** What this package uses of a Standard Schema (standardschema.dev): zod, valibot and arktype schemas are such. */
export interface StandardSchema {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: string
    readonly validate: (value: unknown) => Checked | Promise<Checked>
  }
}

/** The first complaint about a value, with the path to it; `undefined` when the schema accepts it. */
export async function firstIssue(schema: StandardSchema, value: unknown): Promise<string | undefined> {
  const { issues } = await schema['~standard'].validate(value)
  const issue = issues?.[0]
  if (!issue) return undefined
  const path = (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.')
  return path ? `${path}: ${issue.message}` : issue.message
}
