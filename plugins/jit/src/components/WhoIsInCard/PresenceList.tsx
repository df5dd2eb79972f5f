import { Answer, PresenceEntry } from '@backstage-jit/plugin-jit-common';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import PersonIcon from '@material-ui/icons/PersonOutline';
import { Live, useMe, useNow } from '../../hooks';
import { durationWords, formatInstantFully } from '../../time';
import { useTranslate } from '../../translation';
import { BreakGlassMark } from '../BreakGlassMark';
import { EntityName } from '../EntityName';
import { Problem } from '../Problem';
import { Waiting } from '../Waiting';

const SHOWN = 20;

const useStyles = makeStyles(theme => ({
  padded: { padding: theme.spacing(0, 0.5) },
  root: { listStyle: 'none', margin: 0, padding: 0 },
  entry: {
    display: 'flex',
    gap: theme.spacing(1.5),
    padding: theme.spacing(0.75, 0),
    overflowWrap: 'anywhere',
  },
  icon: { color: theme.palette.text.secondary },
}));

interface PresenceListProps {
  presence: Live<Answer<{ items: PresenceEntry[] }>>;
}

/** Who is in, with what, and for how long still. */
export const PresenceList = ({ presence }: PresenceListProps) => {
  const classes = useStyles();
  const t = useTranslate();
  const me = useMe();
  const now = useNow(5_000);
  const { value, error, refresh } = presence;
  const entries = value?.items ?? [];
  const more = entries.length - SHOWN;

  return (
    <div className={classes.padded}>
      {error && (
        <Problem error={error} onRetry={refresh} stale={Boolean(value)} />
      )}
      {!value && !error && <Waiting />}
      {value && !error && !entries.length && (
        <Typography variant="body2">{t('presence.nobody')}</Typography>
      )}
      {entries.length > 0 && (
        <ul className={classes.root} aria-label={t('presence.title')}>
          {entries.slice(0, SHOWN).map((entry, index) => (
            <li key={index} className={classes.entry}>
              <PersonIcon className={classes.icon} aria-hidden />
              <div>
                <Typography variant="body2">
                  <strong>
                    {entry.subject === me ? (
                      t('presence.you')
                    ) : (
                      <EntityName entityRef={entry.subject} />
                    )}
                  </strong>
                </Typography>
                <Typography
                  variant="body2"
                  color="textSecondary"
                  title={entry.expiresAt && formatInstantFully(entry.expiresAt)}
                >
                  {entry.profileTitle}
                  {entry.expiresAt && ` · ${leftWords(entry.expiresAt)}`}
                </Typography>
                {entry.breakGlass && <BreakGlassMark />}
              </div>
            </li>
          ))}
        </ul>
      )}
      {more > 0 && (
        <Typography variant="body2">
          {t('presence.more', { count: more })}
        </Typography>
      )}
    </div>
  );

  function leftWords(expiresAt: string): string {
    const left = Date.parse(expiresAt) - now;
    return left > 0
      ? t('time.left', { duration: durationWords(t, left) })
      : t('status.endAsked');
  }
};
