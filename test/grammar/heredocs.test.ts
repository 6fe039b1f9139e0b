import { from, reads } from './table.ts';

/** Here-documents: where BuildKit sees one, what ends it, what is expanded in it. */

reads('where they are', from, [
  ['RUN', 'RUN <<EOF\nb\nEOF', 'Run command=«<<EOF» heredocs=[<<EOF«b⏎»]'],
  [
    'behind a command',
    'RUN cat <<EOF\nb\nEOF\nRUN c',
    'Run command=«cat <<EOF» heredocs=[<<EOF«b⏎»] | Run command=«c»',
  ],
  ['COPY', 'COPY <<b /c\nd\nb', 'Copy sources=[«<<b»] destination=«/c» heredocs=[<<b«d⏎»]'],
  ['ADD', 'ADD <<b /c\nd\nb', 'Add sources=[«<<b»] destination=«/c» heredocs=[<<b«d⏎»]'],
  [
    'behind flags',
    'RUN --mount=type=cache,target=/x <<EOF\nb\nEOF',
    'Run flags=[mount=«type=cache,target=/x»] command=«<<EOF» heredocs=[<<EOF«b⏎»]',
  ],
  ['with a file descriptor', 'RUN b 3<<EOF\nc\nEOF', 'Run command=«b 3<<EOF» heredocs=[<<EOF«c⏎»]'],
  [
    'several: the bodies follow in order',
    'COPY <<b <<c /d\n1\nb\n2\nc',
    'Copy sources=[«<<b», «<<c»] destination=«/d» heredocs=[<<b«1⏎», <<c«2⏎»]',
  ],
  [
    'mixed with other sources',
    'COPY b <<c d /e\n1\nc',
    'Copy sources=[«b», «<<c», «d»] destination=«/e» heredocs=[<<c«1⏎»]',
  ],
  ['an empty body', 'RUN <<EOF\nEOF', 'Run command=«<<EOF» heredocs=[<<EOF«»]'],
  ['empty lines in a body', 'RUN <<EOF\n\n\nEOF', 'Run command=«<<EOF» heredocs=[<<EOF«⏎⏎»]'],
  ['nothing is a comment in a body', 'RUN <<EOF\n# b\nEOF', 'Run command=«<<EOF» heredocs=[<<EOF«# b⏎»]'],
  ['nothing continues in a body', 'RUN <<EOF\nb \\\nEOF', 'Run command=«<<EOF» heredocs=[<<EOF«b \\⏎»]'],
  [
    'instructions in a body are text',
    'RUN <<EOF\nRUN b\nFROM c\nEOF',
    'Run command=«<<EOF» heredocs=[<<EOF«RUN b⏎FROM c⏎»]',
  ],
  [
    'a continuation before the body',
    'RUN <<EOF cat \\\n > b\nc\nEOF',
    'Run command=«<<EOF cat  > b»~«<<EOF cat \\⏎ > b» heredocs=[<<EOF«c⏎»]',
  ],
  ['the word may be cut', 'RUN <<E\\\nOF\nb\nEOF', 'Run command=«<<EOF»~«<<E\\⏎OF» heredocs=[<<EOF«b⏎»]'],
  [
    'comments in that continuation',
    'RUN cat \\\n# b\n <<EOF\nc\nEOF',
    'Run command=«cat  <<EOF»~«cat \\⏎# b⏎ <<EOF» heredocs=[<<EOF«c⏎»] comment=«b»~«# b»',
  ],
  ['the same name twice', 'RUN <<b <<b\n1\nb\n2\nb', 'Run command=«<<b <<b» heredocs=[<<b«1⏎», <<b«2⏎»]'],
  ['the end of the file ends the last line', 'RUN <<EOF\nb\nEOF', 'Run command=«<<EOF» heredocs=[<<EOF«b⏎»]'],
  [
    'CRLF stays in the body',
    'RUN <<EOF\r\nb\r\nEOF\r\nRUN c\r\n',
    'Run command=«<<EOF» heredocs=[<<EOF«b␍⏎»] | Run command=«c»',
  ],
  [
    'a line of the body may have the name in it',
    'RUN <<EOF\nEOF b\n EOF\nEOF',
    'Run command=«<<EOF» heredocs=[<<EOF«EOF b⏎ EOF⏎»]',
  ],
  ['not in CMD', 'CMD <<EOF', 'Cmd command=«<<EOF»'],
  ['not in ENTRYPOINT', 'ENTRYPOINT cat <<EOF', 'Entrypoint command=«cat <<EOF»'],
  ['not in USER', 'USER <<EOF', 'User user=«<<EOF»'],
  ['not in JSON', 'RUN ["cat", "<<EOF"]', 'Run command=[«cat»~«"cat"», «<<EOF»~«"<<EOF"»]'],
  ['not in JSON of COPY', 'COPY ["<<EOF", "/b"]', 'Copy form=[«<<EOF»~«"<<EOF"», «/b»~«"/b"»]'],
  [
    'an operator in a flag counts, as the line is read as a whole',
    'RUN --mount=type=bind,target=/b <<EOF\nEOF',
    'Run flags=[mount=«type=bind,target=/b»] command=«<<EOF» heredocs=[<<EOF«»]',
  ],
]);

reads('the word', from, [
  ['blanks behind the operator glue', 'RUN cat << EOF\nb\nEOF', 'Run command=«cat << EOF» heredocs=[<<EOF«b⏎»]'],
  ['many blanks too', 'RUN cat <<  \t EOF\nb\nEOF', 'Run command=«cat <<  ⇥ EOF» heredocs=[<<EOF«b⏎»]'],
  ['blanks behind the dash too', 'RUN cat <<- EOF\nb\n\tEOF', 'Run command=«cat <<- EOF» heredocs=[<<-EOF«b⏎»]'],
  [
    'a dash strips the tabs of the last line',
    'RUN <<-EOF\n\tb\n\t\tEOF',
    'Run command=«<<-EOF» heredocs=[<<-EOF«⇥b⏎»]',
  ],
  ['not its blanks', 'RUN <<-EOF\n EOF\nEOF', 'Run command=«<<-EOF» heredocs=[<<-EOF« EOF⏎»]'],
  ['without the dash tabs count', 'RUN <<EOF\n\tEOF\nEOF', 'Run command=«<<EOF» heredocs=[<<EOF«⇥EOF⏎»]'],
  ['single quotes: nothing is expanded', "RUN <<'EOF'\n$b\nEOF", "Run command=«<<'EOF'» heredocs=[<<!EOF«$b⏎»]"],
  [
    'double quotes too',
    'COPY <<"EOF" /b\n$c\nEOF',
    'Copy sources=[«<<EOF»~«<<"EOF"»] destination=«/b» heredocs=[<<!EOF«$c⏎»]',
  ],
  [
    'quotes around a part',
    'COPY <<E"O"F /b\n$c\nEOF',
    'Copy sources=[«<<EOF»~«<<E"O"F»] destination=«/b» heredocs=[<<!EOF«$c⏎»]',
  ],
  [
    'a backslash goes away, and expansion stays',
    'COPY <<\\EOF /b\n$c\nEOF',
    'Copy sources=[«<<EOF»~«<<\\EOF»] destination=«/b» heredocs=[<<EOF«$c⏎»{c}]',
  ],
  [
    'an escaped quote is part of the name',
    'COPY <<\\"EOF /b\n$c\n"EOF',
    'Copy sources=[«<<"EOF»~«<<\\"EOF»] destination=«/b» heredocs=[<<"EOF«$c⏎»{c}]',
  ],
  ['a name with a blank', 'RUN <<"E F"\nb\nE F', 'Run command=«<<"E F"» heredocs=[<<!E F«b⏎»]'],
  ['a name with an escaped blank', 'RUN <<E\\ F\nb\nE F', 'Run command=«<<E\\ F» heredocs=[<<E F«b⏎»]'],
  ['a dollar is itself', 'RUN <<$EOF\nb\n$EOF', 'Run command=«<<$EOF» heredocs=[<<$EOF«b⏎»]'],
  ['the whole word is the name', 'RUN cat <<EOF>/f\nb\nEOF>/f', 'Run command=«cat <<EOF>/f» heredocs=[<<EOF>/f«b⏎»]'],
  ['punctuation too', 'RUN (cat <<EOF)\nb\nEOF)', 'Run command=«(cat <<EOF)» heredocs=[<<EOF)«b⏎»]'],
  ['digits alone', 'RUN <<1\nb\n1', 'Run command=«<<1» heredocs=[<<1«b⏎»]'],
  [
    'a shift in arithmetic is one too',
    'RUN echo $(( 1 << 2 ))\n2',
    'Run command=«echo $(( 1 << 2 ))» heredocs=[<<2«»]',
  ],
  ['so is one in a comment of the shell', 'RUN b # <<EOF\nEOF', 'Run command=«b # <<EOF» heredocs=[<<EOF«»]'],
  ['in the middle of a word it is none', 'RUN b<<EOF', 'Run command=«b<<EOF»'],
  ['in single quotes it is none', "RUN echo '<<EOF'", "Run command=«echo '<<EOF'»"],
  ['in double quotes it is none', 'RUN echo "<<EOF"', 'Run command=«echo "<<EOF"»'],
  ['behind a quote it is none', 'RUN echo ""<<EOF', 'Run command=«echo ""<<EOF»'],
  ['escaped it is none', 'RUN echo \\<<EOF', 'Run command=«echo \\<<EOF»'],
  ['three are a here-string', 'RUN cat <<<EOF', 'Run command=«cat <<<EOF»'],
  ['a shift without blanks is none', 'RUN echo $((1<<2))', 'Run command=«echo $((1<<2))»'],
  ['a word with another sign < is none', 'RUN cat <<EOF<b', 'Run command=«cat <<EOF<b»'],
  ['an empty name is none', 'RUN cat <<""', 'Run command=«cat <<""»'],
  ['nothing behind is none', 'RUN cat <<', 'Run command=«cat <<»'],
  ['nothing behind the dash is none', 'RUN cat <<-', 'Run command=«cat <<-»'],
  ['an open quote hides it', "RUN echo don't <<EOF", "Run command=«echo don't <<EOF»"],
  ['a brace that does not end hides it', 'RUN echo ${b <<EOF', 'Run command=«echo ${b <<EOF»'],
  ['a modifier that BuildKit does not know hides it', 'RUN echo ${b^^} <<EOF', 'Run command=«echo ${b^^} <<EOF»'],
  ['a quote that ends does not', `RUN echo "don't" <<EOF\nEOF`, `Run command=«echo "don't" <<EOF» heredocs=[<<EOF«»]`],
  ['an escaped quote does not', "RUN echo don\\'t <<EOF\nEOF", "Run command=«echo don\\'t <<EOF» heredocs=[<<EOF«»]"],
  [
    'in a substitution of a command it is one',
    'RUN b $(cat <<EOF\n)\nEOF',
    'Run command=«b $(cat <<EOF» heredocs=[<<EOF«)⏎»]',
  ],
  ['a carriage return before the end of the line', 'RUN <<EOF\r\r\nb\nEOF', 'Run command=«<<EOF» heredocs=[<<EOF«b⏎»]'],
  ['behind a pipe without blanks it is none', 'RUN b|<<EOF', 'Run command=«b|<<EOF»'],
]);

reads('the body of COPY', from, [
  [
    'variables',
    'COPY <<EOF /b\n$c ${d:-e}\nEOF',
    'Copy sources=[«<<EOF»] destination=«/b» heredocs=[<<EOF«$c ${d:-e}⏎»{c}{d :- e}]',
  ],
  [
    'quotes are plain',
    `COPY <<EOF /b\n"$c" '$d'\nEOF`,
    `Copy sources=[«<<EOF»] destination=«/b» heredocs=[<<EOF«"$c" '$d'⏎»{c}{d}]`,
  ],
  [
    'an escaped dollar',
    'COPY <<EOF /b\n\\$c \\${d}\nEOF',
    'Copy sources=[«<<EOF»] destination=«/b» heredocs=[<<EOF«\\$c \\${d}⏎»]',
  ],
  [
    'any character may be escaped',
    'COPY <<EOF /b\nc\\nd\\\\\nEOF',
    'Copy sources=[«<<EOF»] destination=«/b» heredocs=[<<EOF«c\\nd\\\\⏎»]',
  ],
  [
    'a variable over lines',
    'COPY <<EOF /b\n${c:-d\ne}\nEOF',
    'Copy sources=[«<<EOF»] destination=«/b» heredocs=[<<EOF«${c:-d⏎e}⏎»{c :- d⏎e}]',
  ],
  [
    'none where the name is quoted',
    "COPY <<'EOF' /b\n$c\nEOF",
    "Copy sources=[«<<EOF»~«<<'EOF'»] destination=«/b» heredocs=[<<!EOF«$c⏎»]",
  ],
  ["none in RUN: they are the shell's", 'RUN <<EOF\n$b\nEOF', 'Run command=«<<EOF» heredocs=[<<EOF«$b⏎»]'],
  ['a lone dollar', 'COPY <<EOF /b\n$ 5$\nEOF', 'Copy sources=[«<<EOF»] destination=«/b» heredocs=[<<EOF«$ 5$⏎»]'],
  [
    'something that BuildKit cannot expand is found out later',
    'COPY <<EOF /b\n${c\nEOF',
    'Copy sources=[«<<EOF»] destination=«/b» heredocs=[<<EOF«${c⏎»{c}]',
  ],
  [
    'each body its own',
    'COPY <<c <<"d" /b\n$c\nc\n$d\nd',
    'Copy sources=[«<<c», «<<d»~«<<"d"»] destination=«/b» heredocs=[<<c«$c⏎»{c}, <<!d«$d⏎»]',
  ],
  ['ADD too', 'ADD <<EOF /b\n$c\nEOF', 'Add sources=[«<<EOF»] destination=«/b» heredocs=[<<EOF«$c⏎»{c}]'],
]);
