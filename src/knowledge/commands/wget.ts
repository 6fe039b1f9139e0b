/** Options of wget that take a value. */
export const wgetValued =
  '-a= --append-output= -A= --accept= -B= --base= -D= --domains= -e= --execute= -i= --input-file= -I= --include-directories= -l= --level= -o= --output-file= -O= --output-document= -P= --directory-prefix= -Q= --quota= -R= --reject= -t= --tries= -T= --timeout= -U= --user-agent= -w= --wait= -X= --exclude-directories= --header= --user= --password= --post-data= --post-file= --referer= --load-cookies= --save-cookies= --limit-rate= --waitretry= --read-timeout= --dns-timeout= --connect-timeout= --ca-certificate= --ca-directory= --certificate= --private-key= --progress= --method= --body-data= --body-file= --retry-on-http-error= --cut-dirs= --secure-protocol=';

/** Options of wget; with one of them there is no bar, or it is not in the log of the build. */
export const quietWget: ReadonlySet<string> = new Set(
  '-q --quiet --no-verbose -o --output-file -a --append-output --progress --spider -b --background -V --version -h --help'.split(
    ' ',
  ),
);
