/** The words of the made-up data. Every name is invented; several scripts, because real names have them too. */
export const LABELS: readonly string[] = [
  'Christmas list',
  'Weekly digest subscribers',
  'Churn risk',
  'Новогодишња кампања',
  'Winback Q3',
  'VIP customers',
  'Opt-outs',
  'Café visitors – été',
  'Ελλάδα – ενεργοί πελάτες',
  'Push tokens',
  'Revenue by channel',
  '東京キャンペーン',
  'Bounced addresses',
  'Black Friday 🛒',
  'Cart abandoners',
  'Segment overlap',
  'Größte Kunden',
  'Daily report',
  'قائمة العملاء',
  'Consent audit',
  'Delivery log "EU"',
  'Loyalty tiers <gold & silver>',
  'Ñandú newsletter',
  'Zażółć gęślą jaźń',
  'Unsubscribed, 30 days',
  'Leads from landing page',
]

export const DESCRIPTIONS: readonly string[] = [
  'help here',
  'Requested by the finance team',
  'Monthly hand-over to the agency',
  'For the migration; may be deleted afterwards',
  'Поновити сваког понедељка',
  'Only customers with consent',
  'Compare with last year’s export',
  'Ticket #4821',
  'Line one\nLine two, with a tab\tand "quotes"',
  '',
]

export const FAILURE_REASONS: readonly [string, ...string[]] = [
  'Export failed due to an internal error. Please try again later.',
  'The query took too long and was stopped.',
  'The storage was not available.',
  'The segment was changed while it was exported.',
]

/** The first is the vendor's sample; the others are invented, as the vocabulary is open. */
export const RESOURCES: readonly string[] = [
  'quick-reports',
  'customers',
  'customer-lists',
  'segments',
  'messages',
  'events',
  'tags',
  'revenue-reports',
]

/** The statuses of an export's life. */
export const KNOWN_STATUSES: readonly string[] = ['cancelled', 'expired', 'failed', 'processing', 'queued', 'ready']

/** File formats, in the order of how common they are. The percentage is of all items. */
export const FORMATS: readonly { extension: string; mime_type: string; percent: number }[] = [
  { extension: 'csv', mime_type: 'text/csv', percent: 72 },
  { extension: 'json', mime_type: 'application/json', percent: 14 },
  { extension: 'xml', mime_type: 'application/xml', percent: 8 },
  { extension: 'txt', mime_type: 'text/plain', percent: 6 },
]

export const FIRST_NAMES: readonly string[] = ['Ana', 'Bogdan', 'Chiara', 'Дуња', 'Émile', 'Fatma', 'Günther', '花子']
