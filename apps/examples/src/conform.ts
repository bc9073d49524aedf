import { conform } from '@hood-exports/contract'

const response = await fetch(`${process.env['HOOD_BASE_URL']}/v1/hood/exports?page=1,2`, {
  headers: { authorization: `Bearer ${process.env['HOOD_TOKEN']}` },
})
const deviations = conform('/v1/hood/exports', {
  status: response.status,
  headers: response.headers,
  body: await response.text(),
})
console.log(`${deviations.length} deviations from the spec`)
for (const { pointer, message } of deviations) console.log(`${pointer}: ${message}`)
