/** No file is shown in more characters: it can be of any size. JSON is shown whole, for a part of it is none. */
const MAX_SHOWN = 20_000

/** Runs in the browser: sends the request that a form of {@link tryForm} describes to the server that the page is of. */
export const TRY_SCRIPT: string = `
for (const form of document.querySelectorAll('form.try')) {
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    send(form)
  })
  form.hidden = false
}

async function send(form) {
  const shown = form.querySelector('pre')
  const fields = (place) => [...form.elements].filter(({ dataset, value }) => dataset.in === place && value !== '')
  let path = form.dataset.path
  for (const { name, value } of fields('path')) path = path.replace('{' + name + '}', encodeURIComponent(value))
  const query = fields('query').map(({ name, value }) => name + '=' + encodeURIComponent(value).replaceAll('%2C', ','))
  const [body] = fields('body')
  shown.hidden = false
  try {
    const headers = new Headers(fields('header').map(({ name, value }) => [name, value]))
    for (const { value } of fields('token')) headers.set('authorization', 'Bearer ' + value)
    for (const { value } of fields('more')) headers.append(...value.split(/:\\s*(.*)/).slice(0, 2))
    if (body !== undefined) headers.set('content-type', form.dataset.mediaType)
    const target = path + (query.length === 0 ? '' : '?' + query.join('&'))
    const { method } = form.dataset
    shown.textContent = method + ' ' + target
    const response = await fetch(target, { method, headers, body: body?.value, cache: 'no-store' })
    const told = [...response.headers].filter(([name]) => !/^(?:access-control-|connection|date|keep-alive)/.test(name))
    const lines = told.map((header) => header.join(': '))
    shown.textContent = [method + ' ' + target, '', response.status + ' ' + response.statusText, ...lines, ''].join('\\n')
    shown.textContent += '\\n' + pretty(await read(response, /json/.test(response.headers.get('content-type')) ? Infinity : ${MAX_SHOWN}))
  } catch (error) {
    shown.textContent += '\\n\\n' + error.message
  }
}

async function read(response, limit) {
  let text = ''
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true }
    if (done) return text
    text += value
    if (text.length <= limit) continue
    await reader.cancel()
    return text.slice(0, limit) + '\\n… and more'
  }
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
`
