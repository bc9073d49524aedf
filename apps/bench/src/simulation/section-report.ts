import { markdownTable } from '../table.ts'
import { barInWords, missesOf } from './bar.ts'
import type { Bar, Miss } from './bar.ts'
import type { Row, Section } from './section.ts'
import type { Summary } from './summary.ts'

/** A row with what it has reached. */
export interface Finished {
  readonly row: Row
  readonly summary: Summary
}

const NO_BAR: Bar = {}

/** A section as Markdown: its title, and the table. */
export function sectionReport({ title, shows }: Section, finished: readonly Finished[]): string {
  const hasVariants = finished.some(({ row }) => row.variant)
  const header = ['', ...(hasVariants ? ['world'] : []), 'headers', ...HEADER[shows](finished)]
  return `### ${title}\n\n${markdownTable(
    [...header, '429 in a run', 'runs', 'bar', 'met'],
    finished.map(({ row, summary }) => [
      row.contender,
      ...(hasVariants ? [row.variant?.label ?? ''] : []),
      isOurs(row) ? row.described : '–',
      ...cells(shows, summary),
      range(summary.refused, 0),
      String(summary.runs),
      barInWords(row.bar ?? NO_BAR),
      verdict(row, summary),
    ]),
  )}`
}

/** What the rows of a section have missed, a line each. */
export function missedLines({ id }: Section, finished: readonly Finished[]): string[] {
  return finished.flatMap(({ row, summary }) => {
    const misses = missedBy(row, summary)
    if (misses.length === 0) return []
    const where = [id, row.variant?.label, row.contender, row.described].filter((part) => part !== undefined)
    return [`${where.join(' · ')}: ${misses.map(({ what, detail }) => `${what} ${detail}`).join(', ')}`]
  })
}

function isOurs({ contender }: Row): boolean {
  return contender.startsWith('ours')
}

function missedBy(row: Row, summary: Summary): Miss[] {
  return isOurs(row) ? missesOf(row.bar ?? NO_BAR, summary) : []
}

function verdict(row: Row, summary: Summary): string {
  const misses = missedBy(row, summary)
  if (misses.length > 0) return `no: ${misses.map(({ what }) => what).join(', ')}`
  return row.bar && Object.keys(row.bar).length > 0 ? 'yes' : ''
}

const HEADER: Readonly<Record<Section['shows'], (finished: readonly Finished[]) => string[]>> = {
  ratio: () => ['makespan / optimum'],
  beyond: () => ['s beyond the optimum'],
  wait: (finished) => [`mean wait in s (optimum ${finished[0]?.summary.optimalWaitS.toFixed(2) ?? ''})`],
  light: () => ['makespan / optimum', 'mean wait of the light one, s'],
  processes: () => ['makespan / optimum', "Jain's index"],
  strangers: () => ['makespan / optimum alone', 'strangers refused'],
}

function cells(shows: Section['shows'], summary: Summary): string[] {
  const { ratio, beyondS, waitS, lightWaitS, jain, strangersRefused } = summary
  switch (shows) {
    case 'ratio':
      return [range(ratio, 4)]
    case 'beyond':
      return [range(beyondS, 1)]
    case 'wait':
      return [range(waitS, 2)]
    case 'light':
      return [range(ratio, 3), range(lightWaitS, 1)]
    case 'processes':
      return [range(ratio, 4), range(jain, 3)]
    case 'strangers': {
      const percent = strangersRefused.map((share) => share * 100)
      return [range(ratio, 2), range(percent, 0, ' %')]
    }
  }
}

/** Median … worst. */
function range(values: readonly number[], digits: number, unit = ''): string {
  return values.map((value) => `${trimmed(value, digits)}${unit}`).join(' … ')
}

function trimmed(value: number, digits: number): string {
  return digits === 0 ? String(Math.round(value * 10) / 10) : value.toFixed(digits)
}
