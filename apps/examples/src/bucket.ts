import { S3Client } from '@aws-sdk/client-s3'
import { createExportsClient } from '@hood-exports/client'
import { mirror } from '@hood-exports/client/node'
import { bucket } from '@hood-exports/client/s3'

const client = createExportsClient({ token: process.env['HOOD_TOKEN'] ?? '', baseUrl: process.env['HOOD_BASE_URL'] })
const s3 = new S3Client({
  endpoint: process.env['AWS_ENDPOINT_URL'] ?? 'https://s3.amazonaws.com',
  forcePathStyle: true,
})

const destination = bucket({ client: s3, bucket: 'exports', prefix: 'nightly' })
const { saved, bytes } = await mirror(client, destination, { since: '2025-11-01' })
console.log(`${saved} new objects, ${bytes} bytes`)
