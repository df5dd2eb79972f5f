import { IssuedCredentials, Lease } from '@backstage-jit/plugin-jit-common';
import { makeStyles } from '@material-ui/core/styles';
import Tabs from '@material-ui/core/Tabs';
import Typography from '@material-ui/core/Typography';
import { useState } from 'react';
import { durationWords, formatInstant } from '../../time';
import { useTranslate } from '../../translation';
import { ReadableTab } from '../ReadableTab';
import { FormView } from './FormView';

const useStyles = makeStyles(theme => ({
  tabs: { marginTop: theme.spacing(1) },
  // Three of them stand side by side in a narrow column.
  tab: { minWidth: 0 },
}));

interface ShownCredentialsProps {
  lease: Lease;
  now: number;
  value: IssuedCredentials;
}

/** Until when they work, and each form they come in. */
export const ShownCredentials = ({
  lease,
  now,
  value,
}: ShownCredentialsProps) => {
  const classes = useStyles();
  const t = useTranslate();
  const { forms, expiresAt } = value;
  const [chosen, setChosen] = useState<string>();
  const form = forms.find(({ id }) => id === chosen) ?? forms[0];
  const tabId = (id: string) => `jit-${lease.id}-${id}`;
  const panelId = (id: string) => `${tabId(id)}-text`;
  // The end set outside leaves some room; the lease takes them back at its own. Systems that count in whole seconds mean the same end.
  const own =
    expiresAt &&
    Date.parse(expiresAt) + 1000 <= Date.parse(lease.expiresAt ?? '');
  const end = (own ? expiresAt : lease.expiresAt) ?? '';
  const time = formatInstant(end, { now });

  return (
    <>
      <Typography variant="body2">
        {t(own ? 'credentials.worksUntil' : 'credentials.ends', {
          time,
          duration: durationWords(t, Date.parse(end) - now),
        })}
      </Typography>
      <Typography variant="body2" color="textSecondary">
        {t('credentials.once')}
      </Typography>
      {forms.length > 1 && (
        <Tabs
          className={classes.tabs}
          value={form.id}
          onChange={(_, id) => setChosen(id)}
          indicatorColor="primary"
          textColor="primary"
          variant="scrollable"
          scrollButtons="auto"
          aria-label={t('credentials.forms')}
        >
          {forms.map(({ id, title }) => (
            <ReadableTab
              key={id}
              className={classes.tab}
              value={id}
              label={title}
              id={tabId(id)}
              aria-controls={panelId(id)}
            />
          ))}
        </Tabs>
      )}
      {form ? (
        <div
          key={form.id}
          role={forms.length > 1 ? 'tabpanel' : undefined}
          id={panelId(form.id)}
          aria-labelledby={forms.length > 1 ? tabId(form.id) : undefined}
        >
          <FormView form={form} />
        </div>
      ) : (
        <Typography variant="body2">{t('credentials.none')}</Typography>
      )}
    </>
  );
};
