import type { Finished } from './section-report.ts'

/** What the picture shows: one panel per title. */
export interface Panel {
  readonly title: string
  readonly finished: readonly Finished[]
}

const WIDTH = 860
const [LEFT, RIGHT, TOP] = [250, 700, 34]
const ROW = 20
/** Beyond this, only an arrow is drawn. */
const MOST = 1.6

const STYLE = `
  text { font: 12px system-ui, sans-serif; fill: #1f2328 }
  .title { font-weight: 600; font-size: 13px }
  .muted { fill: #59636e }
  .grid { stroke: #d1d9e0; stroke-width: 1 }
  .one { stroke: #59636e; stroke-width: 1 }
  .ours { --mark: #0969da; font-weight: 600 }
  .peer { --mark: #6e7781 }
  .span { stroke: var(--mark); stroke-width: 3; stroke-linecap: round; opacity: .55 }
  .dot { stroke: var(--mark); stroke-width: 2; fill: var(--mark) }
  .refused { fill: #ffffff }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    .muted { fill: #9198a1 }
    .grid { stroke: #2f353d }
    .one { stroke: #9198a1 }
    .ours { --mark: #4493f8 }
    .peer { --mark: #8b949e }
    .refused { fill: #0d1117 }
  }`

/** Makespan over the optimum, a row each: a dot at the median, a line from the best run to the worst. */
export function plot(panels: readonly Panel[]): string {
  let top = 0
  const parts = panels.map((panel) => {
    const part = draw(panel, top)
    top += heightOf(panel)
    return part
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${top}" width="${WIDTH}" height="${top}" role="img" aria-label="Makespan over the clairvoyant optimum, ours beside other libraries">
<style>${STYLE}
</style>
${parts.join('\n')}
</svg>
`
}

function heightOf({ finished }: Panel): number {
  return TOP + finished.length * ROW + 34
}

function x(ratio: number): number {
  return Math.round((LEFT + ((Math.min(ratio, MOST) - 1) / (MOST - 1)) * (RIGHT - LEFT)) * 10) / 10
}

function draw({ title, finished }: Panel, top: number): string {
  const bottom = top + TOP + finished.length * ROW
  const ticks = [1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6]
  const grid = ticks.map(
    (tick) =>
      `<line class="${tick === 1 ? 'one' : 'grid'}" x1="${x(tick)}" x2="${x(tick)}" y1="${top + TOP - 4}" y2="${bottom}"/>` +
      `<text class="muted" x="${x(tick)}" y="${bottom + 15}" text-anchor="middle">${tick.toFixed(1)}</text>`,
  )
  return [
    `<text class="title" x="8" y="${top + 20}">${title}</text>`,
    `<text class="muted" x="${RIGHT + 20}" y="${top + 20}">429 in a run</text>`,
    ...grid,
    ...finished.map((each, index) => drawRow(each, top + TOP + index * ROW + ROW / 2)),
  ].join('\n')
}

function drawRow({ row, summary }: Finished, y: number): string {
  const isOurs = row.contender.startsWith('ours')
  const [median, worst] = summary.ratio
  const [typical, most] = summary.refused
  const label = isOurs ? `${row.contender} (headers: ${row.described})` : row.contender
  const refused = most === 0 ? '0' : `${Math.round(typical * 10) / 10} … ${most}`
  return [
    `<g class="${isOurs ? 'ours' : 'peer'}">`,
    `<text x="8" y="${y + 4}">${label}</text>`,
    `<line class="span" x1="${x(summary.bestRatio)}" x2="${x(worst)}" y1="${y}" y2="${y}"/>`,
    `<circle class="${most > 0 ? 'dot refused' : 'dot'}" cx="${x(median)}" cy="${y}" r="4"/>`,
    worst > MOST ? `<text x="${RIGHT + 4}" y="${y + 4}">→</text>` : '',
    `<text class="muted" x="${RIGHT + 20}" y="${y + 4}">${refused}</text>`,
    '</g>',
  ].join('')
}
