import { document } from '@hood-exports/openapi/document'

interface Documented {
  readonly components: {
    readonly parameters: Readonly<Record<'ReportId', { readonly example: string }>>
    readonly examples: Readonly<Record<'CampaignReport', { readonly value: object }>>
  }
}

const { parameters, examples } = (document as unknown as Documented).components

/** The quick report of the spec's example. */
export const EXAMPLE_REPORT_ID: string = parameters.ReportId.example

/** What the vendor's sample asks for. */
export const EXAMPLE_REQUEST: object = examples.CampaignReport.value
