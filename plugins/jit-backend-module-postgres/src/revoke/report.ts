/** More would not fit into an event that people read. */
const REPORT_LINES = 200;

/** The lines of what a revocation did, as many as people read. */
export function cutReport(report: string[]): string[] {
  return report.length <= REPORT_LINES
    ? report
    : [
        ...report.slice(0, REPORT_LINES),
        `and ${report.length - REPORT_LINES} more`,
      ];
}
