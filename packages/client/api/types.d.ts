import { components, operations, paths } from "./shared.js";
export type { components, operations, paths };