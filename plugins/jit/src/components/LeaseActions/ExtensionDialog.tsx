import { Lease } from '@backstage-jit/plugin-jit-common';
import Typography from '@material-ui/core/Typography';
import { useState } from 'react';
import { Action, useLive } from '../../hooks';
import { durationWords, formatInstant } from '../../time';
import { useTranslate } from '../../translation';
import { ActionDialog } from '../ActionDialog';
import { ReasonField } from '../Field';
import { Problem } from '../Problem';
import { ApprovalForecast } from '../RequestDialog';

interface ExtensionDialogProps {
  lease: Lease;
  title: string;
  /** How much later it shall end, in milliseconds. */
  byMs: number;
  now: number;
  extend: Action<{ byMs: number; reason?: string }>;
  onClose: () => void;
}

/** Asks people for a later end than what is moved at once: says who decides, and takes what they read. */
export const ExtensionDialog = (props: ExtensionDialogProps) => {
  const { lease, title, byMs, now, extend, onClose } = props;
  const t = useTranslate();
  const [reason, setReason] = useState(lease.reason ?? '');
  const forecast = useLive({
    key: `${lease.id} ${byMs}`,
    load: (api, signal) =>
      api.previewExtension(
        lease.id,
        { duration: { milliseconds: byMs } },
        { signal },
      ),
  });
  const { approval, refusal } = forecast.value?.preview ?? {};
  const endsAt = Date.parse(lease.expiresAt ?? '');
  const ask = async () => {
    if (await extend.run({ byMs, reason: reason.trim() || undefined })) {
      onClose();
    }
  };
  const endOf = (laterMs: number) => formatInstant(endsAt + laterMs, { now });

  return (
    <ActionDialog
      id="jit-extension-title"
      title={t('extension.title', { duration: durationWords(t, byMs), title })}
      cancel={t('extension.cancel')}
      confirm={t('extension.confirm')}
      disabled={extend.busy || Boolean(refusal)}
      error={extend.error}
      onConfirm={ask}
      onClose={onClose}
    >
      <Typography>
        {t('extension.text', { time: endOf(byMs), before: endOf(0) })}
      </Typography>
      <ReasonField
        id="jit-extension-reason"
        label={t('extension.reason')}
        value={reason}
        onChange={event => setReason(event.target.value)}
      />
      <div role="status" aria-label={t('request.forecast')}>
        {refusal && (
          <Typography>{`${t('request.notSo')}: ${refusal}`}</Typography>
        )}
        {approval && <ApprovalForecast approval={approval} />}
        {!forecast.value && !forecast.error && (
          <Typography>{t('request.looking')}</Typography>
        )}
      </div>
      {!forecast.value && forecast.error && <Problem error={forecast.error} />}
    </ActionDialog>
  );
};
