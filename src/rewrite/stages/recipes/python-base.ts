import type { Texts } from '../assets.ts';
import { librariesOf, type RuntimeBase, slimOf } from '../base.ts';
import type { View } from '../view.ts';
import type { Work } from '../work.ts';

const lists =
  /(?:^|\/)(?:requirements[^/]*\.(?:txt|in)|pyproject\.toml|poetry\.lock|uv\.lock|pdm\.lock|Pipfile(?:\.lock)?|setup\.(?:py|cfg))$|(?:^|\/)requirements\/[^/]+\.(?:txt|in)$/;

/** The slim image of the same version, with the libraries that what is installed is known to need; the image itself where it is not known. */
export function baseOf(view: View, works: readonly Work[], { isWhole }: Texts): RuntimeBase {
  const { rootImage } = view.stage;
  const same: RuntimeBase = { base: rootImage!.text, packages: [], assumes: [] };
  const slim = slimOf(rootImage!);
  if (slim === undefined || slim === rootImage!.text || !view.context || !isWhole) return same;
  const texts = view.context
    .files()
    .filter(({ path }) => lists.test(path))
    .map(({ path }) => view.context!.read(path));
  const named = works.flatMap(({ step }) =>
    step.operations.flatMap(({ family, packages }) =>
      family === 'apt' || family === 'apk' ? [] : packages.map(({ word }) => word.text),
    ),
  );
  if ((texts.length === 0 && named.length === 0) || texts.some((it) => it === undefined)) return same;
  const text = [...texts, ...named].join('\n');
  const isListed = (name: string): boolean => new RegExp(`^[\\s"'\\[]*(?:name = ")?${name}(?![\\w-])`, 'im').test(text);
  const packages = librariesOf(needed, isListed, view.system);
  if (packages === undefined) return same;
  return {
    base: slim,
    packages,
    assumes: [`no package needs a library that ${slim} lacks, beside those that are known for it`],
  };
}

/** Packages of PyPI that are linked to, or open, libraries which the full image has and the slim one has not; undefined: not known by name. */
const needed: Readonly<Record<string, readonly string[] | undefined>> = {
  psycopg2: ['libpq5'],
  psycopg: ['libpq5'],
  mysqlclient: ['libmariadb3'],
  'python-magic': ['libmagic1'],
  pyodbc: ['unixodbc'],
  weasyprint: ['libpango-1.0-0', 'libpangoft2-1.0-0'],
  cairosvg: ['libcairo2'],
  pycairo: ['libcairo2'],
  gitpython: ['git'],
  pygraphviz: ['graphviz'],
  graphviz: ['graphviz'],
  lightgbm: ['libgomp1'],
  implicit: ['libgomp1'],
  ...Object.fromEntries(
    'wand uwsgi pyuwsgi python-ldap gdal pycurl xmlsec python3-saml mod_wsgi opencv-python opencv-contrib-python dlib m2crypto pylibmc pygobject dbus-python pyaudio pycups python-snappy systemd-python playwright pyppeteer pyenchant pysvn mpi4py pyscard pyhdf'
      .split(' ')
      .map((it) => [it, undefined]),
  ),
};
