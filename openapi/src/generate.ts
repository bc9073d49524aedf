import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { pathToFileURL } from 'node:url'
import { constantsSource } from './constants.ts'
import { readDocument } from './document.ts'
import type { OpenApiDocument } from './document.ts'
import { typesSource } from './type-declarations.ts'
import { vendorProfileSchema } from './vendor-profile/profile-schema.ts'

const BANNER = '// Generated from hood-exports.yaml by `pnpm generate`. Do not edit.\n\n'

/** Everything that is generated from the spec, by file name. */
export async function generate(document: OpenApiDocument): Promise<Readonly<Record<string, string>>> {
  return {
    'constants.ts': BANNER + constantsSource(document),
    'document.ts': `${BANNER}/** The OpenAPI document as a value, for those who cannot read YAML at run time. */\nexport const document: Readonly<Record<string, unknown>> = ${JSON.stringify(document, null, 2)}\n`,
    'types.ts': BANNER + (await typesSource(document)),
    'vendor-profile.schema.json': `${JSON.stringify(vendorProfileSchema, null, 2)}\n`,
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      check: { type: 'boolean', default: false },
      spec: { type: 'string', default: '' },
      out: { type: 'string', default: '' },
    },
  })
  const spec = values.spec ? pathToFileURL(values.spec) : new URL('../hood-exports.yaml', import.meta.url)
  const out = values.out ? pathToFileURL(`${values.out}/`) : new URL('../generated/', import.meta.url)
  const files = await generate(await readDocument(spec))
  const stale: string[] = []
  await mkdir(out, { recursive: true })
  for (const [name, source] of Object.entries(files)) {
    const file = new URL(name, out)
    const current = await readFile(file, 'utf8').catch(() => '')
    if (current === source) continue
    stale.push(name)
    if (!values.check) await writeFile(file, source)
  }
  if (values.check && stale.length > 0) {
    console.error(`Stale: generated/${stale.join(', generated/')}. Run \`pnpm generate\` and commit the result.`)
    process.exitCode = 1
  } else {
    console.log(stale.length > 0 ? `Wrote ${stale.join(', ')}` : 'Generated files are up to date')
  }
}

if (import.meta.main) await main()
