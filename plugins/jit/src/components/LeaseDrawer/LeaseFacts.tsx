import { Lease } from '@backstage-jit/plugin-jit-common';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ReactNode } from 'react';
import { durationWords, formatInstant, formatInstantFully } from '../../time';
import { Translate, useTranslate } from '../../translation';
import { plainValue } from '../../words';
import { EntityName } from '../EntityName';
import { Actor } from './Actor';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(96px, max-content) minmax(0, 1fr)',
    columnGap: theme.spacing(2),
    rowGap: theme.spacing(0.5),
    margin: 0,
    overflowWrap: 'anywhere',
    '& dd': { margin: 0 },
  },
}));

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <Typography component="dt" variant="body2" color="textSecondary">
      {name}
    </Typography>
    <dd>{children}</dd>
  </>
);

/** What is known about a lease, a line each. */
export const LeaseFacts = ({ lease, now }: { lease: Lease; now: number }) => {
  const classes = useStyles();
  const t = useTranslate();
  return (
    <Typography component="dl" variant="body2" className={classes.root}>
      {factsOf(t, lease, now).map(([name, value]) => (
        <Fact key={name} name={name}>
          {value}
        </Fact>
      ))}
    </Typography>
  );
};

function factsOf(
  t: Translate,
  lease: Lease,
  now: number,
): Array<[string, ReactNode]> {
  const at = (instant: string | undefined): ReactNode =>
    instant && (
      <time dateTime={instant} title={formatInstantFully(instant)}>
        {formatInstant(instant, { now, seconds: true })}
      </time>
    );
  const { via, requester, subject, extensionsLeft, extensibleUntil } = lease;
  const { endAskedFor } = lease;
  const facts: Array<[string, ReactNode]> = [
    [t('drawer.subject'), <EntityName entityRef={subject} />],
    [
      t('drawer.requester'),
      requester !== subject || via ? (
        <>
          <EntityName entityRef={requester} />
          {via && ` ${t('status.via', { via })}`}
        </>
      ) : undefined,
    ],
    [
      t('drawer.bundle'),
      lease.bundle &&
        t('drawer.bundlePart', {
          title: lease.bundle.title,
          part: String(lease.bundle.part),
          parts: String(lease.bundle.parts),
        }),
    ],
    [t('drawer.reason'), lease.reason],
    [t('drawer.duration'), durationWords(t, lease.durationMs)],
    [t('drawer.asked'), at(lease.requestedAt)],
    [t('drawer.starts'), lease.grantedAt ? undefined : at(lease.startsAt)],
    [t('drawer.granted'), at(lease.grantedAt)],
    [t('drawer.expires'), lease.endedAt ? undefined : at(lease.expiresAt)],
    [
      t('drawer.endAsked'),
      endAskedFor && !lease.endedAt ? (
        <>
          {at(endAskedFor.at)} · <Actor actor={endAskedFor.by} />
        </>
      ) : undefined,
    ],
    [t('drawer.ended'), at(lease.endedAt)],
    [t('drawer.verified'), lease.kept ? undefined : at(lease.verifiedAt)],
    [
      t('drawer.extensions'),
      lease.state === 'active' && extensionsLeft > 0 && extensibleUntil
        ? t('drawer.extensionsUntil', {
            n: String(extensionsLeft),
            time: formatInstant(extensibleUntil, { now }),
          })
        : undefined,
    ],
    [t('drawer.profile'), lease.profileId],
    [t('drawer.system'), `${lease.connection} (${lease.provider})`],
    ...Object.entries(lease.parameters).map(
      ([name, value]): [string, ReactNode] => [name, plainValue(value)],
    ),
    // Those of infrastructure stand above.
    ...(lease.kind === 'access' ? Object.entries(lease.facts ?? {}) : []),
    [t('drawer.id'), lease.id],
  ];
  return facts.filter(([, value]) => Boolean(value));
}
