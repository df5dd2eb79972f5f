import { Lease } from '@backstage-jit/plugin-jit-common';
import Button from '@material-ui/core/Button';
import Menu from '@material-ui/core/Menu';
import MenuItem from '@material-ui/core/MenuItem';
import { useEffect, useRef, useState } from 'react';
import { Action } from '../../hooks';
import { durationWords, formatInstant } from '../../time';
import { useTranslate } from '../../translation';
import { approvableByMs, extensibleByMs } from '../../words';
import { ExtensionDialog } from './ExtensionDialog';

const CHOICES_MS = [15, 30, 60].map(minutes => minutes * 60_000);
const APPROVABLE_MS = [15, 30, 60, 120, 240, 480].map(
  minutes => minutes * 60_000,
);

interface ExtendButtonProps {
  lease: Lease;
  title: string;
  now: number;
  extend: Action<{ byMs: number; reason?: string }>;
  /** Drawn so that it is seen: little time is left. */
  urgent: boolean;
  /** True for who comes by the link of a notice: the choices are there at once. */
  asked?: boolean;
}

/** Offers how much longer it may last: at once up to the most that its profile allows, and beyond that when people approve, who read why. */
export const ExtendButton = ({
  lease,
  title,
  now,
  extend,
  urgent,
  asked,
}: ExtendButtonProps) => {
  const t = useTranslate();
  const [anchor, setAnchor] = useState<HTMLElement>();
  const [askingMs, setAskingMs] = useState<number>();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (asked && button.current) {
      setAnchor(button.current);
    }
  }, [asked]);
  const longestMs = extensibleByMs(lease);
  const expiresAt = Date.parse(lease.expiresAt ?? '');
  const approvableMs = approvableByMs(lease);
  const choices = [
    ...CHOICES_MS.filter(choice => choice < longestMs),
    ...(longestMs > 0 ? [longestMs] : []),
    ...APPROVABLE_MS.filter(
      choice => choice > longestMs && choice <= approvableMs,
    ),
  ];
  const words = (byMs: number) => {
    const time = formatInstant(expiresAt + byMs, { now });
    if (byMs > longestMs) {
      return t('extension.ask', { duration: durationWords(t, byMs), time });
    }
    return byMs === longestMs
      ? t('lease.extendLongest', { time })
      : t('lease.extendBy', { duration: durationWords(t, byMs), time });
  };

  return (
    <>
      <Button
        ref={button}
        size="small"
        variant={urgent ? 'contained' : 'outlined'}
        color={urgent ? 'primary' : 'default'}
        disabled={extend.busy}
        aria-haspopup="menu"
        aria-label={t('lease.extendOf', { title })}
        onClick={event => setAnchor(event.currentTarget)}
      >
        {t('lease.extend')}
      </Button>
      <Menu
        open={Boolean(anchor)}
        anchorEl={anchor}
        onClose={() => setAnchor(undefined)}
      >
        {choices.map(byMs => (
          <MenuItem
            key={byMs}
            onClick={() => {
              setAnchor(undefined);
              if (byMs > longestMs) {
                extend.reset();
                setAskingMs(byMs);
              } else {
                extend.run({ byMs });
              }
            }}
          >
            {words(byMs)}
          </MenuItem>
        ))}
      </Menu>
      {askingMs !== undefined && (
        <ExtensionDialog
          lease={lease}
          title={title}
          byMs={askingMs}
          now={now}
          extend={extend}
          onClose={() => setAskingMs(undefined)}
        />
      )}
    </>
  );
};
