import { Destination } from "./shared.js";
import { S3Client } from "@aws-sdk/client-s3";
interface BucketOptions {
  /** A client of `@aws-sdk/client-s3`, with its region and credentials. */
  readonly client: S3Client;
  readonly bucket: string;
  /** What keys begin with, such as `exports/hood`. Default: nothing. */
  readonly prefix?: string | undefined;
  /** Larger files are sent in parts of this many bytes; at least 5 MiB. Default 8 MiB. */
  readonly partBytes?: number | undefined;
  /** Milliseconds after which a run that was killed no longer keeps others out. Default 60,000. */
  readonly leaseMs?: number | undefined;
}
/**
 * A bucket of S3, or of a store that speaks its language and knows conditional writes (If-None-Match, If-Match). Files
 * wait in a temporary folder of the machine until they are whole, so no half object is ever visible. The manifest is an
 * object as well, so a run needs nothing that was on the disk of an earlier one.
 */
export declare function bucket(options: BucketOptions): Destination;
export type { BucketOptions };