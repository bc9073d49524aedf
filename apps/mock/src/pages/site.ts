import type { Site } from '@hood-exports/openapi/pages'

export const SITE: Site = {
  name: 'mock',
  links: [
    { href: '/', text: 'Start' },
    { href: '/reference', text: 'Reference' },
  ],
}
