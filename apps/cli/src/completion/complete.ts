import { SEARCHABLE_FIELDS, SELECTABLE_FIELDS, SORTABLE_FIELDS } from '@hood-exports/client'
import type { Command, Option } from 'commander'

/** A word that could stand here. */
export interface Candidate {
  readonly word: string
  readonly description: string
}

/** What could stand here, and what the shell adds. */
export interface Completion {
  readonly candidates: readonly Candidate[]
  /** `files` and `directories`: the shell knows them. `open`: the word goes on, without a space after it. */
  readonly directive: 'words' | 'open' | 'files' | 'directories'
}

const NOTHING: Completion = { candidates: [], directive: 'words' }

const OPERATORS = ['=', '!=', '<', '>', '~'] as const

/** Values that are lists, and what their entries may be. */
const LISTS: Readonly<Record<string, readonly string[]>> = {
  '--fields': SELECTABLE_FIELDS,
  '--sort': SORTABLE_FIELDS.flatMap((field) => [field, `-${field}`]),
  '--search-fields': SEARCHABLE_FIELDS,
}

const CONDITIONS: readonly string[] = ['--where', '--until', '--unless']
/** Options that may be given several times. */
const REPEATED: readonly string[] = [...CONDITIONS, '--filter', '--param']

/** What could stand at the last of `words`, the words after the name of the program. */
export function complete(program: Command, words: readonly string[]): Completion {
  const { before, current } = joinEquals(words)
  let command = program
  let pending: Option | undefined
  let arguments_ = 0
  const used = new Set<string>()
  for (const word of before) {
    if (pending) {
      pending = undefined
    } else if (word.startsWith('-') && word !== '-') {
      const option = optionOf(command, word.split('=', 1)[0] ?? word)
      if (option) used.add(option.attributeName())
      if (option?.required && !word.includes('=')) pending = option
    } else {
      const chosen = command === program ? subcommandOf(program, word) : undefined
      if (chosen) command = chosen
      else arguments_ += 1
    }
  }
  if (pending) return valuesOf(command, pending, current)
  const [name = '', value] = /^(--[^=]+)=(.*)$/s.exec(current)?.slice(1) ?? []
  if (value !== undefined) {
    const option = optionOf(command, name)
    if (!option) return NOTHING
    const { candidates, directive } = valuesOf(command, option, value)
    return {
      candidates: candidates.map(({ word, description }) => ({ word: `${name}=${word}`, description })),
      directive,
    }
  }
  if (current.startsWith('-')) return { candidates: optionsOf(command, current, used), directive: 'words' }
  if (command === program) return { candidates: subcommandsOf(program, current), directive: 'words' }
  return argumentsOf(command, arguments_, current)
}

/** bash breaks words at `=`: `--output`, `=`, `cs` is one word. */
function joinEquals(words: readonly string[]): { before: readonly string[]; current: string } {
  const joined: string[] = []
  for (const word of words) {
    const last = joined.at(-1)
    if (last !== undefined && (word === '=' || last.endsWith('=')) && last.startsWith('--')) {
      joined[joined.length - 1] = last + word
    } else joined.push(word)
  }
  return { before: joined.slice(0, -1), current: joined.at(-1) ?? '' }
}

function optionOf(command: Command, flag: string): Option | undefined {
  return allOptions(command).find(({ short, long }) => short === flag || long === flag)
}

/** Those of the command, then those of every command. */
function allOptions(command: Command): readonly Option[] {
  return [...command.options, ...(command.parent?.options ?? [])]
}

function optionsOf(command: Command, current: string, used: ReadonlySet<string>): Candidate[] {
  return allOptions(command)
    .filter((option) => !option.hidden && (!used.has(option.attributeName()) || REPEATED.includes(option.long ?? '')))
    .map((option) => ({ word: option.long ?? option.short ?? '', description: option.description }))
    .concat({ word: '--help', description: 'help' })
    .filter(({ word }) => word.startsWith(current))
}

function subcommandOf(program: Command, name: string): Command | undefined {
  return program.commands.find((command) => command.name() === name || command.aliases().includes(name))
}

function subcommandsOf(program: Command, current: string): Candidate[] {
  return program.commands
    .map((command) => ({ word: command.name(), description: command.summary() || command.description() }))
    .filter(({ word }) => word.startsWith(current))
}

function argumentsOf(command: Command, index: number, current: string): Completion {
  const argument = command.registeredArguments[index]
  if (argument?.argChoices) return { candidates: words(argument.argChoices, current), directive: 'words' }
  return argument?.name() === 'directory' ? { candidates: [], directive: 'directories' } : NOTHING
}

function valuesOf(command: Command, { long, short, argChoices }: Option, current: string): Completion {
  if (argChoices) return { candidates: words(argChoices, current), directive: 'words' }
  if (short === '-o' || long === '--body') return { candidates: [], directive: 'files' }
  if (short === '-d') return { candidates: [], directive: 'directories' }
  // The columns of a report are its own.
  const entries = command.name() === 'create' ? undefined : LISTS[long ?? '']
  if (entries) return { candidates: entriesOf(entries, current), directive: 'open' }
  if (long !== undefined && CONDITIONS.includes(long)) {
    const conditions = SELECTABLE_FIELDS.flatMap((field) =>
      current.startsWith(field) ? OPERATORS.map((operator) => field + operator) : [field],
    )
    return { candidates: words(conditions, current), directive: 'open' }
  }
  return NOTHING
}

/** The entry that is being typed, after those that are there already. */
function entriesOf(entries: readonly string[], current: string): Candidate[] {
  const typed = current.split(',')
  const last = typed.pop() ?? ''
  const prefix = typed.map((entry) => `${entry},`).join('')
  const bare = new Set(typed.map((entry) => entry.replace(/^-/, '')))
  return words(
    entries.filter((entry) => !bare.has(entry.replace(/^-/, ''))),
    last,
  ).map(({ word, description }) => ({ word: prefix + word, description }))
}

function words(all: readonly string[], current: string): Candidate[] {
  return all.filter((word) => word.startsWith(current)).map((word) => ({ word, description: '' }))
}
