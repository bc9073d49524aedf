import { createHash } from 'node:crypto'
import type { Sandbox } from '@hood-exports/sandbox'
import type { SeededRandom } from './seeded-random.ts'

/** An account whose exports come, become ready, expire and vanish while they are read. */
export interface TortureAccount {
  /** One of these things happens. */
  change(): Promise<void>
  /** Everything that was being prepared is ready. */
  comeToRest(): Promise<void>
  /** SHA-256 of the file of each export that is ready, by id. */
  readyFiles(): Promise<ReadonlyMap<string, string>>
}

/** Names that file systems, terminals and careless programs stumble over. */
const NAMES = [
  'Christmas list',
  'christmas LIST',
  'Caf\u00e9',
  'Cafe\u0301',
  '東京キャンペーン',
  'Black Friday 🛒',
  'قائمة العملاء',
  '../../etc/passwd',
  'CON',
  'a/b\\c:d*e?f"g<h>i|j',
  '.hidden',
  'trailing dots...',
  'long '.repeat(80),
  '\u001b[31mred\u001b[0m',
] as const

const TOKEN = 'sandbox-ana'

export async function createTortureAccount(
  sandbox: Sandbox,
  random: SeededRandom,
  exportCount: number,
): Promise<TortureAccount> {
  let nextId = 1_000_000
  const alive: string[] = []

  const size = (): number => (random.below(12) === 0 ? 500_000 + random.below(2_000_000) : 1 + random.below(30_000))

  async function add(): Promise<void> {
    const id = String(nextId++)
    alive.push(id)
    // Two a second, so that many are created in the same one.
    const createTime = new Date(Date.UTC(2026, 0, 1) + Math.floor((nextId - 1_000_000) / 2) * 1_000)
    const times = { create_time: createTime.toISOString().slice(0, 19).replace('T', ' '), expire_time: null }
    const name = random.pick(NAMES)
    if (random.below(5) === 0) {
      await sandbox.setState(`export ${id} is being prepared`, { seconds: 1 + random.below(5), size: size() })
    } else await sandbox.setState(`export ${id} exists`, { name, size: size(), status: 'ready', ...times })
  }

  for (let count = 0; count < exportCount; count += 1) await add()

  return {
    async change() {
      const kind = random.below(10)
      if (kind < 7) return add()
      const [id] = alive.splice(random.below(alive.length), 1)
      if (id === undefined) return undefined
      await sandbox.setState(`export ${id} ${kind < 9 ? 'does not exist' : 'has expired'}`)
      return undefined
    },
    async comeToRest() {
      await sandbox.setState('time passes', { seconds: 60 })
    },
    async readyFiles() {
      const files = new Map<string, string>()
      for (let page = 1; ; page += 1) {
        const list = await read(sandbox, `?page=${page},1000&fields=id,status`)
        const { items } = (await list.json()) as { items: { id: string; status: string }[] }
        if (items.length === 0) return files
        for (const { id, status } of items) {
          if (status !== 'ready') continue
          const file = await read(sandbox, `/${id}/download`)
          files.set(
            id,
            createHash('sha256')
              .update(Buffer.from(await file.arrayBuffer()))
              .digest('hex'),
          )
        }
      }
    },
  }
}

/** Past the quota, which is of those who are tortured. */
async function read(sandbox: Sandbox, path: string): Promise<Response> {
  await sandbox.setState('nothing is special')
  const headers = { authorization: `Bearer ${TOKEN}` }
  return sandbox.fetch(new Request(`http://any/v1/hood/exports${path}`, { headers }))
}
