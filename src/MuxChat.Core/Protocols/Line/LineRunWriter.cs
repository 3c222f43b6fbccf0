using System.Text;
using MuxChat.Core.Chat.Operators;

namespace MuxChat.Core.Protocols.Line;

/// <summary>Writes a program's output as lines that begin with <c>* |</c>, or <c>* !</c> for standard error.</summary>
internal sealed class LineRunWriter : IRunWriter
{
    private readonly LineAnswers _answers;
    private readonly IClientOutput _output;
    private readonly string _name;
    private readonly ShownOutput _lines;

    public LineRunWriter(LineAnswers answers, IClientOutput output, string name)
    {
        (_answers, _output, _name) = (answers, output, name);
        _lines = new ShownOutput((mark, text) => output.SendAsIs(answers.Starred(mark.Span, text.Span)));
    }

    public int Write(ProgramStream stream, ReadOnlySpan<byte> bytes) => _lines.Add(stream, bytes);

    public void End(RunEnd end)
    {
        _lines.Finish();
        _output.SendAsIs(_answers.Starred("run "u8, Encoding.UTF8.GetBytes($"{_name}: {end.Describe()}")));
    }
}
