import { Lease } from '@backstage-jit/plugin-jit-common';
import Typography from '@material-ui/core/Typography';
import { useTranslate } from '../../translation';
import { Problem } from '../Problem';
import { Waiting } from '../Waiting';
import { Frame } from './Frame';
import { ShownCredentials } from './ShownCredentials';
import { CredentialsState } from './useCredentials';

interface CredentialsPanelProps {
  lease: Lease;
  now: number;
  credentials: CredentialsState;
}

/** The credentials while they are shown; nothing when none were asked for. */
export const CredentialsPanel = (props: CredentialsPanelProps) => {
  const { lease, now, credentials } = props;
  const t = useTranslate();
  const { value, over, busy, error, mint, forget } = credentials;

  if (busy) {
    return (
      <Frame lease={lease}>
        <Waiting>{t('credentials.making')}</Waiting>
      </Frame>
    );
  }
  if (error) {
    return <Problem error={error} onRetry={mint} />;
  }
  if (over) {
    return (
      <Frame lease={lease} onClose={forget} closeWords={t('credentials.close')}>
        <Typography variant="body2" role="status">
          {t('credentials.over')}
        </Typography>
      </Frame>
    );
  }
  return value ? (
    <Frame lease={lease} onClose={forget} closeWords={t('credentials.forget')}>
      <ShownCredentials lease={lease} now={now} value={value} />
    </Frame>
  ) : null;
};
