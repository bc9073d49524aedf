import { QUESTIONS } from './questions.ts'
import { VENDOR_PROFILE_ID } from './vendor-profile.ts'

const evidence = {
  type: 'array',
  items: {
    type: 'object',
    properties: { request: { type: 'string' }, seen: { type: 'string' } },
    required: ['request', 'seen'],
    additionalProperties: false,
  },
}

const open = {
  type: 'object',
  properties: { confidence: { enum: ['contradicted', 'not-seen'] }, why: { type: 'string' }, evidence },
  required: ['confidence', 'why', 'evidence'],
  additionalProperties: false,
}

/** Draft 2020-12. The source of `vendor-profile.schema.json`. */
export const vendorProfileSchema: Readonly<Record<string, unknown>> = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: VENDOR_PROFILE_ID,
  title: 'What an account of the Hood exports API does where the documents leave a choice, version 1',
  type: 'object',
  properties: {
    $schema: { const: VENDOR_PROFILE_ID },
    learntAt: { type: 'string', format: 'date-time' },
    specVersion: { type: 'string' },
    items: { type: 'integer', minimum: 0 },
    requests: { type: 'integer', minimum: 0 },
    durationMs: { type: 'number', minimum: 0 },
    answers: {
      type: 'object',
      properties: Object.fromEntries(
        Object.entries(QUESTIONS).map(([id, { asks, value }]) => [id, { title: asks, oneOf: [observed(value), open] }]),
      ),
      additionalProperties: false,
    },
  },
  required: ['$schema', 'learntAt', 'specVersion', 'items', 'requests', 'durationMs', 'answers'],
  additionalProperties: false,
}

function observed(value: unknown): unknown {
  return {
    type: 'object',
    properties: { confidence: { const: 'observed' }, value, evidence },
    required: ['confidence', 'value', 'evidence'],
    additionalProperties: false,
  }
}
