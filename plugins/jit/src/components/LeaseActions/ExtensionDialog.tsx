import { Lease } from '@backstage-jit/plugin-jit-common';
import Typography from '@material-ui/core/Typography';
import { Action, useLive } from '../../hooks';
import { durationWords, formatInstant } from '../../time';
import { useTranslate } from '../../translation';
import { ReasonDialog } from '../ActionDialog';
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
  const endOf = (laterMs: number) => formatInstant(endsAt + laterMs, { now });

  return (
    <ReasonDialog
      id="jit-extension"
      title={t('extension.title', { duration: durationWords(t, byMs), title })}
      text={t('extension.text', { time: endOf(byMs), before: endOf(0) })}
      cancel={t('extension.cancel')}
      confirm={t('extension.confirm')}
      disabled={Boolean(refusal)}
      label={t('extension.reason')}
      reason={lease.reason}
      action={extend}
      onConfirm={reason => extend.run({ byMs, reason })}
      onClose={onClose}
    >
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
    </ReasonDialog>
  );
};
