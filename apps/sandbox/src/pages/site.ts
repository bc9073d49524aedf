import type { Site } from '@hood-exports/openapi/pages'

export const SITE: Site = {
  name: 'sandbox',
  links: [
    { href: '/', text: 'Start' },
    { href: '/reference', text: 'Reference' },
  ],
}
