// Writes docs/terminal.svg: what the command prints at a terminal, against a sandbox. Needs `script` of util-linux.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { startSandbox } from '@hood-exports/sandbox'

const COLUMNS = 88
const COMMANDS = [
  'hood-exports list --where status=failed --where "create_time>=2024-06-01"',
  'hood-exports create 42 --name "Clicks of July" --wait -o july.csv',
  'hood-exports sync ./exports --where "size<=1kb"',
]
/** Classes of the picture, by the number in a terminal's escape. */
const STYLES: Readonly<Record<string, string>> = {
  1: 'bold',
  2: 'dim',
  31: 'red',
  32: 'green',
  33: 'yellow',
  36: 'cyan',
}
const BIN = fileURLToPath(new URL('../../cli/src/bin.ts', import.meta.url))

const folder = mkdtempSync(join(tmpdir(), 'picture-'))
const sandbox = await startSandbox({ items: 60, limits: 'off', makingSeconds: 1 })
try {
  const blocks: string[] = []
  for (const command of COMMANDS) blocks.push(`\u001b[1m$ ${command}\u001b[22m`, ...(await printed(command)), '')
  writeFileSync(new URL('../../../docs/terminal.svg', import.meta.url), svg(blocks.slice(0, -1)))
} finally {
  await sandbox.close()
  rmSync(folder, { recursive: true })
}

/** The lines that a command leaves on a terminal. */
async function printed(command: string): Promise<string[]> {
  const line = `stty cols ${COLUMNS}; ${command.replace('hood-exports', `"${process.execPath}" "${BIN}"`)}`
  const child = spawn('script', ['-qec', line, '/dev/null'], {
    cwd: folder,
    env: { ...process.env, HOOD_BASE_URL: sandbox.url, HOOD_TOKEN: 'sandbox-ana', TERM: 'xterm', FORCE_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [output] = await Promise.all([text(child.stdout), once(child, 'close')])
  return (
    output
      .replaceAll(`${folder}/`, '')
      .split('\n')
      // A line that was erased is written over by what follows.
      .map((one) => one.replaceAll('\r', '').split('\u001b[2K').at(-1) ?? '')
      .filter((one) => one !== '')
  )
}

function svg(lines: readonly string[]): string {
  const [width, lineHeight] = [Math.ceil(COLUMNS * 8.43) + 40, 20]
  const height = lines.length * lineHeight + 40
  const rows = lines.map((line, index) => `<text x="20" y="${34 + index * lineHeight}">${spans(line)}</text>`)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="The command hood-exports in a terminal">
<style>
  text { font: 14px ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #e7e5df; white-space: pre }
  .bold { font-weight: 600; fill: #ffffff } .dim { fill: #9aa3ad } .red { fill: #ff9b8f } .green { fill: #8fd6a5 } .yellow { fill: #e9b872 } .cyan { fill: #8fcbf0 }
</style>
<rect width="100%" height="100%" rx="10" fill="#14181d"/>
${rows.join('\n')}
</svg>
`
}

/** The text of a line in spans, each in the style that the escape before it asks for. */
function spans(line: string): string {
  const [first = '', ...others] = line.split('\u001b[')
  const styled = others.map((part) => {
    const [, code = '', rest = ''] = /^([\d;]*)m(.*)$/s.exec(part) ?? []
    const style = STYLES[code]
    return style === undefined ? escaped(rest) : `<tspan class="${style}">${escaped(rest)}</tspan>`
  })
  return escaped(first) + styled.join('')
}

function escaped(part: string): string {
  return part.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
