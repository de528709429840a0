# frozen_string_literal: true

require "json"
require "net/http"
require "event"
require "filters"

# Writes events to the search cluster by its bulk API. A cluster that is away, or too busy (429, 503), is asked again
# until it answers; a document that is refused is logged and dropped.
# https://github.com/opensearch-project/logstash-output-opensearch/blob/1.2.0/lib/logstash/plugin_mixins/opensearch/common.rb
class SearchOutput
  SETTINGS = %w[hosts user password index document_id action manage_template ilm_enabled].freeze
  ACTIONS = %w[index delete].freeze
  BUSY = [429, 503].freeze
  FIRST_WAIT_SECONDS = 2
  LONGEST_WAIT_SECONDS = 64

  def initialize(plugin, log)
    Filters.check(plugin, SETTINGS)
    @settings = plugin.settings
    @log = log
    @action = @settings.fetch("action", "index")
    raise ArgumentError, "#{plugin.name}: action #{@action} is not known" unless ACTIONS.include?(@action)
    raise ArgumentError, "#{plugin.name}: templates are the bootstrap's" unless @settings["manage_template"] == false

    @url = URI.join(Array(@settings.fetch("hosts")).first, "/_bulk")
  end

  def write(events)
    left = events.map { |event| lines(event) }
    wait = FIRST_WAIT_SECONDS
    until left.empty?
      left = attempt(left)
      next if left.empty?

      sleep(wait)
      wait = [wait * 2, LONGEST_WAIT_SECONDS].min
    end
  end

  private

  def lines(event)
    id = @settings["document_id"] && event.sprintf(@settings["document_id"])
    head = { @action => { "_index" => event.sprintf(@settings.fetch("index")), "_id" => id }.compact }
    [head, *(@action == "index" ? [event.to_hash] : [])].map { |line| "#{JSON.generate(line)}\n" }.join
  end

  # What is to be tried again.
  def attempt(documents)
    answer = post(documents.join)
    raise IOError, "#{@url.host} answers #{answer.code}" unless answer.is_a?(Net::HTTPOK)

    items = JSON.parse(answer.body).fetch("items").flat_map(&:values)
    documents.zip(items).filter_map { |document, item| document if again?(item) }
  rescue IOError, SystemCallError, SocketError, Timeout::Error, OpenSSL::SSL::SSLError => e
    @log.call("ERROR", "The search cluster cannot be written to, will retry: #{e.class}: #{e.message}")
    documents
  end

  # Deleting what is not there is no failure.
  def again?(item)
    return true if BUSY.include?(item["status"])

    unless item["status"] < 300 || (@action == "delete" && item["status"] == 404)
      @log.call("WARN", "Could not index event: status #{item["status"]}, #{item["_index"]}: #{item.dig("error", "reason")}")
    end
    false
  end

  def post(body)
    request = Net::HTTP::Post.new(@url, "Content-Type" => "application/x-ndjson")
    request.basic_auth(@settings["user"], @settings["password"]) if @settings["password"]
    request.body = body
    Net::HTTP.start(@url.host, @url.port, use_ssl: @url.scheme == "https", read_timeout: 60) do |connection|
      connection.request(request)
    end
  end
end
