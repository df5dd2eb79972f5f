import { useApi } from '@backstage/core-plugin-api';
import { Lease } from '@backstage-jit/plugin-jit-common';
import { makeStyles } from '@material-ui/core/styles';
import { useEffect, useRef, useState } from 'react';
import { jitApiRef } from '../../api';
import { clockOf, ticker } from '../../time';
import { useTranslate } from '../../translation';
import { momentOf, tellMoment } from './moments';

const useStyles = makeStyles({
  root: {
    position: 'absolute',
    width: 1,
    height: 1,
    overflow: 'hidden',
    clip: 'rect(0 0 0 0)',
    whiteSpace: 'nowrap',
  },
});

/** Tells a screen reader politely when a lease comes to the next moment that matters, not each second. */
export const Announcer = ({ leases }: { leases: Lease[] }) => {
  const classes = useStyles();
  const t = useTranslate();
  const clock = clockOf(useApi(jitApiRef));
  const told = useRef(new Map<string, string>());
  const [text, setText] = useState('');

  useEffect(() => {
    const look = () => {
      const now = clock.now();
      const news: string[] = [];
      for (const lease of leases) {
        const moment = momentOf(lease, now);
        const before = told.current.get(lease.id);
        told.current.set(lease.id, moment);
        // What was there when the page was opened is read where it stands.
        if (before !== undefined && before !== moment) {
          const words = tellMoment(t, { lease, before, moment, now });
          news.push(...(words ? [words] : []));
        }
      }
      if (news.length) {
        setText(news.join('. '));
      }
    };
    look();
    return ticker.subscribe(look);
  }, [clock, leases, t]);

  return (
    <div className={classes.root} aria-live="polite" aria-atomic>
      {text}
    </div>
  );
};
