import { readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import type { DraftTemplate } from './draft.js';
import type { Locale } from './invitation.events.js';
import { LOCALES } from './invitation.events.js';

/** The words of drafts, one file for each language, so that they are changed without touching code. */
@Injectable()
export class DraftTemplates {
  private readonly templates = new Map(LOCALES.map((locale) => [locale, read(locale)]));

  in(locale: Locale): DraftTemplate {
    return this.templates.get(locale) as DraftTemplate;
  }
}

const read = (locale: Locale): DraftTemplate =>
  JSON.parse(readFileSync(new URL(`./drafts/${locale}.json`, import.meta.url), 'utf8')) as DraftTemplate;
