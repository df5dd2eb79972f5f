import { AccessRequest, AskedLease } from '@backstage-jit/plugin-jit-common';
import Link from '@material-ui/core/Link';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useNow } from '../../hooks';
import { durationWords, formatInstant } from '../../time';
import { useTranslate } from '../../translation';
import { contextLines, plainValue } from '../../words';
import { EntityName } from '../EntityName';

const useStyles = makeStyles({
  root: { listStyle: 'none', margin: 0, padding: 0 },
  title: { textAlign: 'left', fontWeight: 700, overflowWrap: 'anywhere' },
});

interface AskedForProps {
  request: AccessRequest;
  onOpen: (lease: { id: string }) => void;
}

/** What a request asks for: each lease with its target, its length or how much later it shall end, and what it would give. */
export const AskedFor = ({ request, onOpen }: AskedForProps) => {
  const classes = useStyles();
  const t = useTranslate();
  const now = useNow(30_000);

  return (
    <ul className={classes.root}>
      {(request.asked ?? []).map(asked => (
        <li key={asked.leaseId}>
          <Typography variant="body1" component="div">
            <Link
              component="button"
              type="button"
              variant="body1"
              className={classes.title}
              aria-label={t('lease.historyOf', { title: asked.profileTitle })}
              onClick={() => onOpen({ id: asked.leaseId })}
            >
              {asked.profileTitle}
            </Link>
            {asked.entityRef && (
              <>
                {' '}
                {t('inbox.on')} <EntityName entityRef={asked.entityRef} link />
              </>
            )}
            {' · '}
            <strong>
              {request.extends
                ? t('extension.more', {
                    duration: durationWords(t, asked.durationMs),
                    time: formatInstant(request.extends.until, { now }),
                  })
                : t('inbox.length', {
                    duration: durationWords(t, asked.durationMs),
                  })}
            </strong>
          </Typography>
          {parametersOf(asked) && (
            <Typography variant="body2" color="textSecondary">
              {parametersOf(asked)}
            </Typography>
          )}
          {contextLines(t, [asked]).map(line => (
            <Typography key={line} variant="body2" color="textSecondary">
              {line}
            </Typography>
          ))}
        </li>
      ))}
    </ul>
  );
};

function parametersOf({ parameters }: AskedLease): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name}: ${plainValue(value)}`)
    .join(' · ');
}
