/** The `code` of an error, where it has one. By its shape: the driver and Node itself may have an `Error` of their own. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) {
    return undefined;
  }
  return typeof error.code === 'string' ? error.code : undefined;
}

/** The five characters by which PostgreSQL classifies what went wrong; undefined for an error that is not the server's. */
export function sqlState(error: unknown): string | undefined {
  const code = errorCode(error);
  return code && /^[0-9A-Z]{5}$/.test(code) && 'severity' in (error as object)
    ? code
    : undefined;
}
