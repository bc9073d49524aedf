// Writes dist/reference.html: the reference in one file, to be opened without a server and without internet.
import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { document } from '@hood-exports/openapi/document'
import { referencePage } from './pages/index.ts'

const file = new URL('../dist/reference.html', import.meta.url)
const { text } = referencePage({ site: 'reference', current: '', document, token: '$HOOD_TOKEN' })
await mkdir(new URL('.', file), { recursive: true })
await writeFile(file, text)
console.log(`Wrote ${fileURLToPath(file)}`)
