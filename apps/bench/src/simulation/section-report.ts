import { markdownTable } from '../table.ts'
import type { Summary } from './bar.ts'
import { barInWords, missed } from './bar.ts'
import type { Row, Section } from './sections.ts'

/** A row with what it has reached. */
export interface Finished {
  readonly row: Row
  readonly summary: Summary
}

/** A section as Markdown: its title, a sentence on what is shown, and the table, the better rows of peers first. */
export function sectionReport({ title, shows }: Section, finished: readonly Finished[]): string {
  const isOurs = ({ row }: Finished): boolean => row.contender.startsWith('ours')
  const rows = [...finished.filter(isOurs), ...finished.filter((each) => !isOurs(each))]
  const header = ['', 'headers', ...HEADER[shows](finished), '429 in a run', 'runs', 'bar', 'met']
  return `### ${title}\n\n${markdownTable(
    header,
    rows.map(({ row, summary }) => [
      row.contender,
      row.contender.startsWith('ours') ? row.described : '–',
      ...cells(shows, summary),
      range(summary.refused, 0),
      String(summary.runs),
      row.bar ? barInWords(row.bar) : '',
      row.bar ? verdict(missed(row.bar, summary)) : '',
    ]),
  )}`
}

const HEADER: Readonly<Record<Section['shows'], (finished: readonly Finished[]) => string[]>> = {
  ratio: () => ['makespan / optimum'],
  wait: (finished) => [`mean wait in s (optimum ${finished[0]?.summary.optimalWaitS.toFixed(2) ?? ''})`],
  processes: () => ['makespan / optimum', "Jain's index"],
  foreign: () => ['makespan / optimum alone', 'others refused'],
}

function cells(shows: Section['shows'], summary: Summary): string[] {
  switch (shows) {
    case 'ratio':
      return [range(summary.ratio, 4)]
    case 'wait':
      return [range(summary.waitS, 2)]
    case 'processes':
      return [range(summary.ratio, 4), range(summary.jain, 3)]
    case 'foreign':
      return [
        range(summary.ratio, 2),
        range(
          summary.foreignRefused.map((share) => share * 100),
          0,
          ' %',
        ),
      ]
  }
}

/** Median … worst. */
function range(values: readonly number[], digits: number, unit = ''): string {
  return values.map((value) => `${trimmed(value, digits)}${unit}`).join(' … ')
}

function trimmed(value: number, digits: number): string {
  return digits === 0 ? String(Math.round(value * 10) / 10) : value.toFixed(digits)
}

function verdict(misses: readonly string[]): string {
  return misses.length === 0 ? 'yes' : `no: ${misses.join(', ')}`
}
