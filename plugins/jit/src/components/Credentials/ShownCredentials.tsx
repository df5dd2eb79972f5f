import { IssuedCredentials, Lease } from '@backstage-jit/plugin-jit-common';
import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import Typography from '@material-ui/core/Typography';
import { useState } from 'react';
import { durationWords, formatInstant } from '../../time';
import { useTranslate } from '../../translation';
import { FormView } from './FormView';

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
  const t = useTranslate();
  const { forms, expiresAt } = value;
  const [chosen, setChosen] = useState<string>();
  const form = forms.find(({ id }) => id === chosen) ?? forms[0];
  const tabId = (id: string) => `jit-${lease.id}-${id}`;
  const panelId = (id: string) => `${tabId(id)}-text`;
  const end = expiresAt ?? lease.expiresAt ?? '';
  const time = formatInstant(end, { now });

  return (
    <>
      <Typography variant="body2">
        {expiresAt
          ? t('credentials.worksUntil', {
              time,
              duration: durationWords(t, Date.parse(end) - now),
            })
          : t('credentials.ends', { time })}
      </Typography>
      <Typography variant="body2" color="textSecondary">
        {t('credentials.once')}
      </Typography>
      {forms.length > 1 && (
        <Tabs
          value={form.id}
          onChange={(_, id) => setChosen(id)}
          indicatorColor="primary"
          textColor="primary"
          variant="scrollable"
          scrollButtons="auto"
          aria-label={t('credentials.forms')}
        >
          {forms.map(({ id, title }) => (
            <Tab
              key={id}
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
