import { useApi } from '@backstage/core-plugin-api';
import Typography from '@material-ui/core/Typography';
import { jitApiRef } from '../../api';
import { useNow } from '../../hooks';
import { clockOf, durationWords } from '../../time';
import { useTranslate } from '../../translation';

const WORTH_SAYING_MS = 2 * 60_000;

/** Says so when this computer's clock is wrong: else "until 10:42" would not fit what it shows. */
export const ClockNote = () => {
  const t = useTranslate();
  const clock = clockOf(useApi(jitApiRef));
  useNow(30_000);
  const ahead = clock.browserAheadMs() ?? 0;
  if (Math.abs(ahead) < WORTH_SAYING_MS) {
    return null;
  }
  const duration = durationWords(t, Math.round(Math.abs(ahead) / 1000) * 1000);
  return (
    <Typography variant="body2" role="note" paragraph>
      {t(ahead > 0 ? 'time.clockAhead' : 'time.clockBehind', { duration })}
    </Typography>
  );
};
