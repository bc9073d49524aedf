import { readFileSync } from 'node:fs'
import { defineConfig } from 'vitepress'

const { repository } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  repository: string
}

export default defineConfig({
  title: 'hood-exports',
  description: 'A typed client for the exports API of Ocamba’s Hood, with a mock, a sandbox and contract tests.',
  // Pages of a repository lie under its name.
  base: process.env['SITE_BASE'] ?? '/',
  srcDir: 'pages',
  // There they are the sources of the pages, for programs.
  srcExclude: ['public/**'],
  cleanUrls: true,
  lastUpdated: false,
  // Examples of addresses on this machine; every other dead link ends the build.
  ignoreDeadLinks: 'localhostLinks',
  // Words in angle brackets are what is to be filled in, no tags.
  markdown: { html: false },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Client', link: '/client' },
      { text: 'Command', link: '/cli' },
      { text: 'Reference', link: '/reference.html', target: '_self' },
      { text: 'Types', link: '/api/' },
      { text: 'Benchmarks', link: '/benchmarks' },
    ],
    socialLinks: [{ icon: 'github', link: `https://github.com/${repository.replace('github:', '')}` }],
    sidebar: [
      {
        text: 'Client',
        items: [
          { text: 'Every task', link: '/client' },
          { text: 'List and filter', link: '/client/list' },
          { text: 'Download', link: '/client/download' },
          { text: 'Make exports', link: '/client/make' },
          { text: 'Mirror', link: '/client/mirror' },
          { text: 'Errors', link: '/client/errors' },
          { text: 'Watch', link: '/client/watch' },
          { text: 'Test', link: '/client/test' },
          { text: 'Small bundles', link: '/client/small' },
          { text: 'With openapi-fetch', link: '/client/openapi-fetch' },
          { text: 'Rate limits', link: '/rate-limits' },
        ],
      },
      {
        text: 'Tools',
        items: [
          { text: 'Command line', link: '/cli' },
          { text: 'Every night', link: '/recipes/' },
          { text: 'Mock', link: '/mock' },
          { text: 'Sandbox', link: '/sandbox' },
          { text: 'Verify a provider', link: '/verify-a-provider' },
          { text: 'Learn what is not documented', link: '/learn' },
          { text: 'Contract tests', link: '/contract-tests' },
        ],
      },
      {
        text: 'Facts',
        items: [
          { text: 'Types of the packages', link: '/api/' },
          { text: 'Description of the API', link: '/spec' },
          { text: 'Benchmarks', link: '/benchmarks' },
          { text: 'What users complain about', link: '/requirements' },
          { text: 'Decisions', link: '/decisions' },
        ],
      },
    ],
  },
})
