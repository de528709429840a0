# frozen_string_literal: true

# Reads Logstash's configuration language, with `config.support_escapes: true`.
# https://github.com/elastic/logstash/blob/7.16/logstash-core/lib/logstash/config/grammar.treetop
class Language
  Plugin = Struct.new(:name, :settings)
  Branch = Struct.new(:condition, :stages, :otherwise)

  TOKEN = /"(?:\\.|[^"\\])*"|=>|==|!?\[[^\]\n"]+\](?:\[[^\]\n"]+\])*|[{}\[\],]|[^\s{}\[\],"]+/m
  ESCAPES = { "n" => "\n", "r" => "\r", "t" => "\t", "0" => "\0" }.freeze

  def initialize(source)
    @tokens = source.scan(TOKEN)
  end

  # Stages by section: `input`, `filter`, `output`.
  def sections
    found = {}
    until @tokens.empty?
      name = take
      raise ArgumentError, "a section #{name} is not known" unless %w[input filter output].include?(name)

      expect("{")
      (found[name] ||= []).concat(stages)
    end
    found
  end

  private

  def stages
    found = []
    until @tokens.first == "}"
      if %w[if else].include?(@tokens.first)
        branch = self.branch
        raise ArgumentError, "else without if" if branch.otherwise && !found.last.is_a?(Branch)

        found << branch
      else
        found << plugin
      end
    end
    expect("}")
    found
  end

  def branch
    otherwise = @tokens.first == "else"
    take if otherwise
    take if @tokens.first == "if"
    words = []
    words << take until @tokens.empty? || @tokens.first == "{"
    expect("{")
    Branch.new(words, stages, otherwise)
  end

  def plugin
    name = take
    expect("{")
    settings = {}
    until @tokens.first == "}"
      key = take
      expect("=>")
      raise ArgumentError, "#{name} has #{key} twice" if settings.key?(key)

      settings[key] = value
    end
    expect("}")
    Plugin.new(name, settings)
  end

  def value
    token = take
    case token
    when /\A"/ then unescape(token[1..-2])
    when "[" then list
    when /\A\[(.*)\]\z/ then [Regexp.last_match(1)]
    when "{" then map
    when "true", "false" then token == "true"
    when /\A-?\d+(\.\d+)?\z/ then token.include?(".") ? Float(token) : Integer(token, 10)
    when /\A\w+\z/ then token
    else raise ArgumentError, "#{token} is no value"
    end
  end

  def list
    found = []
    until @tokens.first == "]"
      found << value
      take if @tokens.first == ","
    end
    expect("]")
    found
  end

  def map
    found = {}
    until @tokens.first == "}"
      key = value
      expect("=>")
      found[key] = value
    end
    expect("}")
    found
  end

  def unescape(text)
    text.gsub(/\\(.)/m) do |whole|
      character = Regexp.last_match(1)
      %w[" ' \\ /].include?(character) ? character : ESCAPES.fetch(character, whole)
    end
  end

  def take
    @tokens.shift || raise(ArgumentError, "the pipeline ends too early")
  end

  def expect(wanted)
    token = take
    raise ArgumentError, "wanted #{wanted}, found #{token}" unless token == wanted
  end
end
