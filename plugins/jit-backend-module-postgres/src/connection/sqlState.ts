/** The five characters by which PostgreSQL classifies what went wrong; undefined for an error that is not the server's. */
export function sqlState(error: unknown): string | undefined {
  if (error instanceof Error && 'severity' in error && 'code' in error) {
    const { code } = error;
    return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)
      ? code
      : undefined;
  }
  return undefined;
}
