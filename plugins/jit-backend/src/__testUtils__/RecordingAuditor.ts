import {
  AuditorService,
  AuditorServiceCreateEventOptions,
  AuditorServiceEvent,
} from '@backstage/backend-plugin-api';
import { JsonObject } from '@backstage/types';

/** What the auditor was told of one event, when it was over. */
export interface AuditedEvent {
  eventId: string;
  severityLevel?: string;
  status: 'succeeded' | 'failed';
  meta: JsonObject;
  error?: string;
}

/** An auditor that remembers what it is told. */
export class RecordingAuditor implements AuditorService {
  readonly events: AuditedEvent[] = [];
  /** Replaced by tests. */
  begin: () => Promise<void> = async () => {};

  async createEvent(
    options: AuditorServiceCreateEventOptions,
  ): Promise<AuditorServiceEvent> {
    await this.begin();
    const { eventId, severityLevel, meta } = options;
    const common = { eventId, severityLevel };
    return {
      success: async params => {
        this.events.push({
          ...common,
          status: 'succeeded',
          meta: { ...meta, ...params?.meta },
        });
      },
      fail: async params => {
        this.events.push({
          ...common,
          status: 'failed',
          meta: { ...meta, ...params.meta },
          error: params.error.message,
        });
      },
    };
  }
}
